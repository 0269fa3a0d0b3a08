import type { FastifyPluginAsync } from 'fastify'
import type { DemoClock } from '../clock.ts'
import type { Config } from '../config/schema.ts'
import { createLaunchCookie } from '../http/launch-cookie.ts'
import csrf from './csrf.ts'
import attempts from './edx-proctoring/attempts.ts'
import callbacks from './edx-proctoring/callbacks.ts'
import courseAttempt from './edx-proctoring/course-attempt.ts'
import examRegistration from './edx-proctoring/exam-registration.ts'
import exams from './edx-proctoring/exams.ts'
import rpnowCallbacks from './edx-proctoring/rpnow-callbacks.ts'
import health from './health.ts'
import demoControls from './native/demo-controls.ts'
import effects from './native/effects.ts'
import native from './native/index.ts'
import studentView from './native/student-view.ts'
import oauth2 from './oauth2.ts'

export interface RoutesOptions { config: Config, demoClock: DemoClock | null }

/** Every route of the house. */
const routes: FastifyPluginAsync<RoutesOptions> = async (app, { config, demoClock }) => {
  const launchCookie = createLaunchCookie(config)
  app.register(oauth2)
  app.register(csrf, { cookieName: config.auth.cookies.csrf, publicUrl: config.server.public_url })
  app.register(health, { checks: { database: () => app.db.query({ name: 'health', text: 'select 1' }, []) } })

  app.register(exams)
  app.register(examRegistration)
  app.register(attempts)
  app.register(courseAttempt)
  app.register(callbacks)
  app.register(rpnowCallbacks, { launchCookie })

  app.register(studentView, { launchCookie })
  app.register(effects, { prefix: '/api/invigil/v1' })
  app.register(native, { prefix: '/api/invigil/v1' })
  if (demoClock) app.register(demoControls, { clock: demoClock })
}

export default routes
