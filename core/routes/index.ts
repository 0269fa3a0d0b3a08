import type { FastifyPluginAsync } from 'fastify'
import type { DemoClock } from '../clock.ts'
import type { Config } from '../config/schema.ts'
import { createLaunchCookie } from '../http/launch-cookie.ts'
import csrf from './csrf.ts'
import activeExams from './edx-proctoring/active-exams.ts'
import allowances from './edx-proctoring/allowances.ts'
import attempts from './edx-proctoring/attempts.ts'
import bulkAllowances from './edx-proctoring/bulk-allowances.ts'
import callbacks from './edx-proctoring/callbacks.ts'
import courseAttempt from './edx-proctoring/course-attempt.ts'
import examRegistration from './edx-proctoring/exam-registration.ts'
import examSettings from './edx-proctoring/exam-settings.ts'
import exams from './edx-proctoring/exams.ts'
import groupedAttempts from './edx-proctoring/grouped-attempts.ts'
import instructor from './edx-proctoring/instructor.ts'
import onboarding from './edx-proctoring/onboarding.ts'
import resetAttempts from './edx-proctoring/reset-attempts.ts'
import retirement from './edx-proctoring/retirement.ts'
import reviewPolicy from './edx-proctoring/review-policy.ts'
import rpnowCallbacks from './edx-proctoring/rpnow-callbacks.ts'
import health from './health.ts'
import demoControls from './native/demo-controls.ts'
import effects from './native/effects.ts'
import native from './native/index.ts'
import operatePages from './native/operate-pages.ts'
import studentView from './native/student-view.ts'
import oauth2 from './oauth2.ts'

export interface RoutesOptions { config: Config, demoClock: DemoClock | null }

/** Every route of the house. */
const routes: FastifyPluginAsync<RoutesOptions> = async (app, { config, demoClock }) => {
  const launchCookie = createLaunchCookie(config)
  const csrfCookie = { cookieName: config.auth.cookies.csrf, publicUrl: config.server.public_url }
  app.register(oauth2)
  app.register(csrf, csrfCookie)
  app.register(health, { checks: { database: () => app.db.query({ name: 'health', text: 'select 1' }, []) } })

  app.register(exams)
  app.register(examRegistration)
  app.register(examSettings)
  app.register(reviewPolicy)
  app.register(attempts)
  app.register(courseAttempt)
  app.register(groupedAttempts)
  app.register(resetAttempts)
  app.register(activeExams)
  app.register(allowances)
  app.register(bulkAllowances)
  app.register(callbacks)
  app.register(onboarding)
  app.register(instructor)
  app.register(retirement)
  app.register(rpnowCallbacks, { launchCookie })

  app.register(studentView, { launchCookie })
  app.register(effects, { prefix: '/api/invigil/v1' })
  app.register(native, { prefix: '/api/invigil/v1' })
  app.register(operatePages, { ...csrfCookie, platformName: config.lms.platform_name, platformUrl: config.lms.root_url })
  if (demoClock) app.register(demoControls, { clock: demoClock })
}

export default routes
