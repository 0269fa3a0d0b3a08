import { restProvider } from '@invigil/rest'

export default restProvider({ worker: './worker.ts' })
