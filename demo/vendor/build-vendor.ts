import formbody from '@fastify/formbody'
import fastifyStatic from '@fastify/static'
import Fastify, { LogController, type FastifyInstance } from 'fastify'
import { addFaults } from './faults.ts'
import { createInvigilClient } from './invigil-client.ts'
import { addPageRules } from './page-rules.ts'
import { appRoutes } from './routes/app.ts'
import { attemptRoutes } from './routes/attempts.ts'
import { consoleRoutes } from './routes/console.ts'
import { controlRoutes } from './routes/control.ts'
import { examRoutes } from './routes/exams.ts'
import { instructorRoutes } from './routes/instructor.ts'
import { oauthRoutes, requireToken } from './routes/oauth.ts'
import { peopleRoutes } from './routes/people.ts'
import { createState } from './state.ts'
import { createTokens } from './tokens.ts'
import type { Vendor, VendorOptions } from './vendor.ts'

/** A small proctoring vendor: its API for Invigil, its pages for learners and instructors, and a console for whoever shows the demo. */
export function buildVendor (options: VendorOptions): FastifyInstance {
  const clock = options.clock ?? { now: () => new Date() }
  const state = createState()
  const app = Fastify({
    logController: new LogController({ disableRequestLogging: true }),
    // a switch that is not known is a mistake, not something to drop in silence
    ajv: { customOptions: { removeAdditional: false } },
    ...(options.log && { loggerInstance: options.log }),
  })
  const invigil = createInvigilClient(options, state, clock, () => app.listeningOrigin)
  const vendor: Vendor = { options, state, clock, invigil, tokens: createTokens(clock) }

  app.register(formbody)
  app.register(async api => {
    addFaults(api, vendor)
    api.register(oauthRoutes(vendor))
    api.register(async guarded => {
      requireToken(guarded, vendor)
      guarded.register(examRoutes(vendor))
      guarded.register(attemptRoutes(vendor))
      guarded.register(peopleRoutes(vendor))
    }, { prefix: '/api/v1' })
  })
  app.register(async pages => {
    addPageRules(pages, options.invigilUrl)
    pages.register(fastifyStatic, { root: `${import.meta.dirname}/assets`, prefix: '/assets/' })
    pages.register(instructorRoutes(vendor))
    pages.register(appRoutes(vendor))
    pages.register(consoleRoutes(vendor))
    pages.register(controlRoutes(vendor), { prefix: '/control' })
    pages.get('/', async (_request, reply) => reply.redirect('/console'))
  })
  return app
}
