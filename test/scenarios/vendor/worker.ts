import { handlerWrapper } from 'invigil/worker'

class Handler {
  async onStartExamAttempt () {}
  async onEndExamAttempt () {}
  async onPing () {}
}

export default handlerWrapper(Handler)
