import type { FastifyPluginAsync } from 'fastify'
import attemptSummaries from './attempt-summaries.ts'
import lastCompletion from './last-completion.ts'
import providers from './providers.ts'
import timeline from './timeline.ts'
import violations from './violations.ts'

/** What the old wire does not have. Relative to `/api/invigil/v1`. */
const native: FastifyPluginAsync = async app => {
  app.register(attemptSummaries)
  app.register(timeline)
  app.register(violations)
  app.register(lastCompletion)
  app.register(providers)
}

export default native
