import { ADA, addExam, API, asPerson, COURSE } from '../../helper/app.ts'
import { moveTo, type Role, type Scene } from './scene.ts'

/** One good request to a route. */
export interface RouteCase {
  /** Where a route has several cases. */
  title?: string
  /** What stands in the path, where it is not what the scene has under the parameter's name. */
  params?: (scene: Scene) => Record<string, string | number>
  query?: (scene: Scene) => Record<string, string | number>
  body?: (scene: Scene) => object
  /** What must have happened before. */
  before?: (scene: Scene) => Promise<unknown>
  /** Who may, where the permission's own word does not say it all. */
  may?: readonly Role[]
  /** What those get, where it is not a success. */
  status?: number
}

const NATIVE = '/api/invigil/v1'
const SIGNED_IN: readonly Role[] = ['learner', 'other learner', 'course staff', 'staff of another course', 'staff', 'reviewer']
const GRANT = { grant_type: 'client_credentials', client_id: 'mock-vendor', client_secret: 'mock-secret-0123456789' }

const ended = (scene: Scene) => asPerson(scene.app, ADA)('PUT', `${API}/attempt/${scene.attemptId}`, { action: 'error' })
const inCourse = () => ({ course_id: COURSE })
const content = ({ contentId }: Scene) => ({ course_id: COURSE, content_id: contentId })
const newExam = ({ contentId }: Scene) => ({
  id: null, course_id: COURSE, content_id: `${contentId}-new`, external_id: 'px-2', exam_name: 'Another', time_limit_mins: 90, is_proctored: true, is_practice_exam: false,
  is_active: true, hide_after_due: false, due_date: '2040-01-01T00:00:00Z', backend: 'mock',
})
const allowance = ({ examId }: Scene) => ({ exam_id: examId, user_info: 'ada', user_id: ADA.id, key: 'additional_time_granted', value: '10' })
const bulkAllowance = ({ examId }: Scene) => ({ course_id: COURSE, exam_ids: String(examId), user_ids: 'ada', allowance_type: 'additional_time_granted', value: '10' })
const review = { status: 'passed', comments: [{ comment: 'looked away', status: 'Suspicious', start: 1, stop: 2, duration: 1 }], reviewed_by: 'sue@example.com', videoReviewLink: 'https://vendor.example.org/v' }
const view = (scene: Scene) => ({
  ...content(scene),
  role: 'student',
  context: {
    display_name: 'Midterm', default_time_limit_mins: 90, is_proctored: true, is_practice_exam: false, due_date: '2040-01-01T00:00:00Z', hide_after_due: false,
    allow_proctoring_opt_out: true, grace_period_seconds: 60,
    credit_state: {
      enrollment_mode: 'verified', course_end_date: '2041-01-01T00:00:00Z',
      credit_requirement_status: [{ namespace: 'grade', name: 'grade', display_name: 'Grade', status: 'satisfied', order: 0 }],
    },
  },
})
const own = (title: string, rest: Omit<RouteCase, 'title' | 'may'>): RouteCase => ({ title: `${title}, one's own`, may: SIGNED_IN, ...rest })
const adas = (title: string, may: readonly Role[], rest: Omit<RouteCase, 'title' | 'may'>): RouteCase => ({ title: `${title}, Ada's`, may, ...rest })

/** The path says it all. */
const PLAIN: readonly RouteCase[] = [{}]

/** Others' pages and our own files, whose names change with what is in them. */
export const NEEDS_NO_CASE: readonly RegExp[] = [/^GET \/docs(?:\/|$)/, /^GET \/static\/invigil\//]

/** Good requests to every route, by method and path; HEAD goes with GET. */
export const ROUTE_CASES: Readonly<Record<string, readonly RouteCase[]>> = {
  'GET /docs/static/*': [{ params: () => ({ '*': 'swagger-ui.css' }) }],
  'GET /metrics': PLAIN,
  'GET /health/live': PLAIN,
  'GET /health/ready': PLAIN,
  'GET /health/': PLAIN,
  'GET /csrf/api/v1/token': PLAIN,
  'GET /static/providers/:name/:file': [{ params: ({ app }) => ({ file: app.providers.find('mock')?.worker?.path.split('/').at(-1) ?? 'none' }) }],
  // the packages of these providers have no files
  'GET /static/providers/:name/:hash/*': [{ status: 404 }],
  'POST /oauth2/access_token': [{ body: () => GRANT }],
  'POST /oauth2/access_token/': [{ body: () => GRANT }],

  [`POST ${API}/exam`]: [{ body: newExam }],
  [`PUT ${API}/exam`]: [{ body: ({ examId }) => ({ ...newExam({ contentId: 'x' } as Scene), exam_id: examId }) }],
  [`GET ${API}/exam/exam_id/:exam_id(^\\d+$)`]: PLAIN,
  [`GET ${API}/exam/course_id/:course_id/content_id/:content_id`]: PLAIN,
  [`GET ${API}/exam/course_id/:course_id`]: PLAIN,
  [`GET ${API}/settings/exam_id/:exam_id(^\\d+$)/`]: PLAIN,
  [`GET ${API}/review_policy/exam_id/:exam_id(^\\d+$)/`]: PLAIN,
  [`GET ${API}/exam`]: [{ title: 'by id', query: ({ examId }) => ({ exam_id: examId }) }, { title: 'by content', query: content }],
  [`PATCH ${API}/exam_registration/course_id/:course_id`]: [{ body: scene => [newExam(scene)] }, { title: 'with the default provider', body: scene => [{ ...newExam(scene), backend: undefined }] }],

  [`POST ${API}/attempt`]: [{ title: 'of a learner who has none', before: removeAll, body: ({ examId }) => ({ exam_id: examId, start_clock: false, attempt_proctored: true }) }],
  [`GET ${API}/attempt`]: [{}, { title: 'while one runs', may: SIGNED_IN, before: running }],
  [`GET ${API}/attempt/:attempt_id`]: PLAIN,
  [`DELETE ${API}/attempt/:attempt_id`]: PLAIN,
  [`PUT ${API}/attempt/:attempt_id/review_status`]: PLAIN,
  [`DELETE ${API}/exam_id/:exam_id(^\\d+$)/user_id/:user_id(^\\d+$)/reset_attempts`]: PLAIN,
  [`PUT ${API}/attempt/:attempt_id`]: [
    { title: 'the learner', may: ['learner'], body: () => ({ action: 'click_download_software', detail: 'x' }) },
    { title: 'again', may: ['learner'], before: handedInPractice, body: () => ({ action: 'reset_attempt' }) },
    { title: 'resume', may: ['course staff', 'staff'], before: ended, body: () => ({ action: 'mark_ready_to_resume', user_id: ADA.id }) },
  ],
  [`GET ${API}/attempt/course_id/:course_id`]: [
    own('attempt', { query: ({ contentId }) => ({ content_id: contentId, is_learning_mfe: 'true' }) }),
    adas('attempt', ['staff'], { query: ({ contentId }) => ({ content_id: contentId, user_id: ADA.id }) }),
  ],
  [`GET ${API}/active_attempt`]: [own('attempt', {}), adas('running attempt', ['staff'], { before: running, query: () => ({ user_id: ADA.id }) })],
  [`GET ${API}/active_exams_for_user`]: [
    own('exams', { query: inCourse }),
    adas('exams', ['learner', 'staff'], { query: () => ({ user_id: ADA.id, course_id: COURSE }) }),
  ],
  [`GET ${API}/attempt/grouped/course_id/:course_id`]: [{ query: () => ({ page: 1 }) }],
  [`GET ${API}/attempt/grouped/course_id/:course_id/search/:text`]: [{ query: () => ({ page: 1 }) }],

  [`PUT ${API}/allowance`]: [{ body: allowance }],
  [`DELETE ${API}/allowance`]: [{ body: allowance }],
  [`GET ${API}/:course_id/allowance`]: PLAIN,
  [`GET ${API}/:course_id/grouped/allowance`]: PLAIN,
  [`PUT ${API}/bulk_allowance`]: [{ body: bulkAllowance }],
  [`PUT ${API}/:course_id/bulk_allowance`]: [{ body: bulkAllowance }],

  [`POST ${API}/attempt/:external_id/ready`]: [{ body: () => ({ status: 'ready' }) }],
  [`POST ${API}/attempt/:external_id/reviewed`]: [{ body: () => review }],
  'GET /api/edx_proctoring/v1/user_onboarding/status': [
    own('onboarding', { before: addOnboarding, query: inCourse }),
    adas('onboarding', ['learner', 'course staff', 'staff'], { before: addOnboarding, query: () => ({ course_id: COURSE, username: ADA.username, is_learning_mfe: 'true' }) }),
  ],
  'GET /api/edx_proctoring/v1/user_onboarding/status/course_id/:course_id': [{ before: addOnboarding, query: () => ({ page: 1, text_search: 'ada', statuses: 'submitted,verified' }) }],
  'GET /api/edx_proctoring/v1/instructor/:course_id': [{ before: serveByAcme, query: ({ externalId }) => ({ attempt: externalId }), status: 302 }],
  'GET /api/edx_proctoring/v1/instructor/:course_id/:exam_id(^\\d+$)': [{ before: serveByAcme, query: ({ externalId }) => ({ attempt: externalId, config: 'true' }), status: 302 }],

  'POST /api/edx_proctoring/v1/retire_backend_user/:user_id(^\\d+$)/': PLAIN,
  'POST /api/edx_proctoring/v1/retire_user/:user_id(^\\d+$)/': PLAIN,
  'GET /api/edx_proctoring/proctoring_launch_callback/start_exam/:attempt_code': PLAIN,
  'POST /api/edx_proctoring/proctoring_review_callback/': [{ body: ({ attemptCode, externalId }) => ({ ...review, examMetaData: { examCode: attemptCode, ssiRecordLocator: externalId } }) }],

  [`POST ${NATIVE}/student_view`]: [own('page', { body: view }), adas('page', ['staff'], { body: scene => ({ ...view(scene), user_id: ADA.id }) })],
  [`POST ${NATIVE}/attempt_summaries`]: [
    own('summaries', { body: ({ contentId }) => ({ course_id: COURSE, content_ids: [contentId] }) }),
    adas('summaries', ['staff'], { body: ({ contentId }) => ({ course_id: COURSE, content_ids: [contentId], user_id: ADA.id }) }),
  ],
  [`GET ${NATIVE}/courses/:course_id/violations`]: [{ query: () => ({ reviews: 'all', after: 1, limit: 10 }) }],
  [`GET ${NATIVE}/courses/:course_id/last_completion`]: [
    own('completion', {}),
    adas('completion', ['learner', 'course staff', 'staff'], { query: () => ({ username: ADA.username }) }),
  ],
  [`GET ${NATIVE}/effects`]: [{ query: () => ({ state: 'pending', kind: 'provider', subject: 'attempt:1', before: 1000, limit: 10 }) }],

  [`GET ${NATIVE}/providers`]: PLAIN,
  [`GET ${NATIVE}/providers/:name`]: PLAIN,
  [`POST ${NATIVE}/providers/:name/retry_effects`]: PLAIN,
  'GET /operate/providers': [{ query: () => ({ refresh: '1', again: 3 }) }],
  'POST /operate/effects/:id/retry': [{ body: () => ({ refresh: '1' }) }],
  'POST /operate/providers/:name/retry': [{ body: () => ({ refresh: '1' }) }],
  [`POST ${NATIVE}/effects/:id/retry`]: PLAIN,
  [`GET ${NATIVE}/attempts/:attempt_id/timeline`]: [{ may: ['learner', 'course staff', 'staff'] }],

  'POST /demo/drain': PLAIN,
  'POST /demo/clock': [{ title: 'release', body: () => ({ release: true }) }, { title: 'advance', body: () => ({ advance_seconds: 0 }) }, { title: 'freeze', body: () => ({ freeze: new Date().toISOString() }) }],
}

async function running ({ app, attemptId }: Scene): Promise<void> {
  await asPerson(app, ADA)('PUT', `${API}/attempt/${attemptId}`, { action: 'start' })
}

/** The wire makes no practice exam of another. */
async function handedInPractice ({ app, examId, attemptId }: Scene): Promise<void> {
  await app.db.query({ name: 'test-practice', text: 'with exams as (update exam set is_practice_exam = true where id = $1) update attempt set is_sample_attempt = true where id = $2' }, [examId, attemptId])
  await asPerson(app, ADA)('PUT', `${API}/attempt/${attemptId}`, { action: 'submit' })
}

async function addOnboarding (scene: Scene): Promise<void> {
  await addExam(scene.app, { content_id: `${scene.contentId}-onboarding`, is_practice_exam: true })
  await serveByAcme(scene)
}

function serveByAcme (scene: Scene): Promise<void> {
  return moveTo(scene, 'acme')
}

async function removeAll (scene: Scene): Promise<void> {
  await scene.app.inject({ method: 'DELETE', url: `${API}/exam_id/${scene.examId}/user_id/${ADA.id}/reset_attempts`, headers: scene.headers.staff })
}

/** What stands in paths, by the parameter's name. */
export const PARAMS: Readonly<Record<string, (scene: Scene) => string | number>> = {
  exam_id: scene => scene.examId,
  attempt_id: scene => scene.attemptId,
  user_id: () => ADA.id,
  course_id: () => COURSE,
  content_id: scene => scene.contentId,
  external_id: scene => scene.externalId,
  attempt_code: scene => scene.attemptCode,
  text: () => 'ad',
  id: scene => scene.effectId,
  name: () => 'mock',
}
