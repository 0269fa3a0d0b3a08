import { handlerWrapper } from 'invigil/worker'

/** Agrees to everything at once. */
class Handler {
  async onStartExamAttempt () {}
  async onEndExamAttempt () {}
  async onPing () {}
}

export default handlerWrapper(Handler)
