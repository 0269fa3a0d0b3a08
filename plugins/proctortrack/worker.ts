import { handlerWrapper } from 'invigil/worker'
import { Handler } from './handler.ts'

export default handlerWrapper(Handler)
