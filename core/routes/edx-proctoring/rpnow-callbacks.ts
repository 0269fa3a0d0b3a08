import type {} from '@fastify/cookie'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { launchAttempt } from '../../domain/attempt/launch.ts'
import { receiveOpenReview } from '../../domain/review/receive-open.ts'
import { acceptAnythingAsJson } from '../../http/body-parsers.ts'
import { LAUNCH_COOKIE, type LaunchCookie } from '../../http/launch-cookie.ts'
import { OPEN_CALLBACK_RATE } from '../../http/rate-limits.ts'
import { PROVIDER_FAILS, PROVIDER_UNKNOWN } from '../../http/refusals.ts'
import { BareText, sendBareText } from './answers.ts'
import { RpnowReviewBody } from './documented-bodies.ts'
import { headerUrl } from './paths.ts'
import { bodyObject } from './requests.ts'

const CodeParams = Type.Object({ attempt_code: Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 255 }) })

export interface RpnowCallbackOptions { launchCookie: LaunchCookie }

/** What RPNow's systems and its secure browser call without signing in (contract 02 §5.3, §5.4). */
const rpnowCallbackRoutes: FastifyPluginAsyncTypebox<RpnowCallbackOptions> = async (app, { launchCookie }) => {
  const { domain } = app
  const cookieFlags = { path: '/', httpOnly: true, sameSite: 'lax', secure: domain.urls.lmsHost.startsWith('https:'), encode: String } as const
  acceptAnythingAsJson(app)

  app.post('/api/edx_proctoring/proctoring_review_callback/', {
    config: { permission: 'public', rateLimit: OPEN_CALLBACK_RATE, documentedBody: RpnowReviewBody, refuses: ['INV_REVIEW_INVALID', 'INV_REVIEW_EXISTS', 'INV_CONFLICT', 'INV_PROVIDER_DISABLED', 'INV_PROVIDER_RETIRED', ...PROVIDER_FAILS] },
    schema: { tags: ['vendor callbacks'], summary: 'RPNow\'s verdict', body: Type.Unknown({ description: 'examMetaData, reviewStatus, comments' }), response: { 200: BareText } },
  }, async (request, reply) => {
    await receiveOpenReview(domain, { ...bodyObject(request) }, request.id)
    return sendBareText(reply, 200, 'OK')
  })

  app.get('/api/edx_proctoring/proctoring_launch_callback/start_exam/:attempt_code', {
    config: { permission: 'public', refuses: ['INV_CONFLICT', ...PROVIDER_UNKNOWN] },
    // a look at the headers must not end an exam
    exposeHeadRoute: false,
    schema: { tags: ['vendor callbacks'], summary: 'RPNow\'s secure browser opens an attempt', params: CodeParams, response: { 302: Type.Null(), 404: Type.String() } },
  }, async (request, reply) => {
    const { attempt_code: code } = request.params
    const record = await launchAttempt(domain, code, { kind: 'vendor', userId: null, name: 'secure browser', requestId: request.id })
    if (!record) return reply.code(404).header('invigil-error', 'INV_NOT_FOUND').type('text/plain; charset=utf-8').send('This exam attempt is not known. Please start again from your course.\n')
    const { attempt, exam } = record
    return reply
      .setCookie(LAUNCH_COOKIE, launchCookie.write(attempt.attemptCode, domain.clock.now()), cookieFlags)
      .redirect(headerUrl(domain.urls.jumpTo(exam.courseId, exam.contentId)), 302)
  })
}

export default rpnowCallbackRoutes
