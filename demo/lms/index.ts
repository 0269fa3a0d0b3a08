import type {} from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { Clock } from '../../core/clock.ts'
import type { Config } from '../../core/config/schema.ts'
import { serve } from '../../core/http/browser-assets.ts'
import { bundleLmsAssets } from './assets.ts'
import { createShared } from './shared.ts'
import { createInvigil } from './invigil.ts'
import { createPages } from './pages.ts'
import { registerDemoCourse } from './register-course.ts'
import { courseRoutes } from './routes/course.ts'
import { examRoutes } from './routes/exam.ts'
import { infoRoutes } from './routes/info.ts'
import { instructorRoutes } from './routes/instructor.ts'
import type { Lms } from './routes/lms.ts'
import { mailRoutes } from './routes/mail.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { createSessions } from './session.ts'

export interface DemoLmsOptions { config: Config, clock: Clock }

declare module 'fastify' {
  interface FastifyInstance {
    /** Publishes the demo course through the API. Call it when the app is ready; calling it again changes nothing. */
    registerDemoCourse (): Promise<void>
  }
}

/** A small learning platform under /demo. It knows the service as any platform does: by its HTTP interface. */
export default fp<DemoLmsOptions>(demoLms, { name: 'demo-lms', fastify: '5.x', dependencies: ['@fastify/cookie', 'browser-assets'] })

async function demoLms (app: FastifyInstance, { config, clock }: DemoLmsOptions): Promise<void> {
  const assets = await bundleLmsAssets()
  const sessions = createSessions(config.auth)
  const invigil = createInvigil(app, sessions)
  const renderPage = createPages(createShared({ config, clock, invigil, assets }))
  const lms: Lms = { config, sessions, invigil, renderPage }
  serve(app, Object.values(assets))
  for (const routes of [signInRoutes, courseRoutes, examRoutes, instructorRoutes, mailRoutes, infoRoutes]) await app.register(routes(lms))
  app.decorate('registerDemoCourse', () => registerDemoCourse(invigil, config.providers))
}
