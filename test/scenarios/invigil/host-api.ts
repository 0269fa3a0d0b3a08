import { hostApi, type HostApi } from '../../../core/host-api.ts'
import type { JsonObject } from '../json.ts'
import type { Actor } from '../schema.ts'
import type { World } from '../world.ts'

type HostFunction = (api: HostApi, args: JsonObject, world: World) => unknown

/** Invigil's functions for a platform in the same process, by the names the original's have in the scenario files. */
const FUNCTIONS: Readonly<Record<string, HostFunction>> = {
  attempt_status_summary: (api, { username, course_id: courseId, content_id: contentId }, world) => {
    const { id, can_take: mayTakeProctored = true } = byUsername(username, world)
    return api.attemptStatusSummary({ userId: id, courseId: String(courseId), contentId: String(contentId), mayTakeProctored })
  },
  violation_report: violationReport,
  last_exam_completion_date: async (api, { course_id: courseId, username }) =>
    wireDate(await api.lastExamCompletionDate(String(courseId), String(username))),
  dashboard_available: (api, { course_id: courseId }) => api.isDashboardAvailable(String(courseId)),
  exam_configuration_dashboard_url: (api, { course_id: courseId, content_id: contentId }) => api.examConfigurationDashboardUrl(String(courseId), String(contentId)),
  provider_supports_onboarding: async (api, args) => api.providerSupportsOnboarding(onlyText(args)),
  provider_choices: async api => api.providerChoices().map(({ name, verboseName }) => [name, verboseName]),
  create_review_policy: (api, { exam, text, author }, world) => api.createReviewPolicy(Number(exam), String(text), byUsername(author, world)),
  update_review_policy: (api, { exam, text, author }, world) => api.updateReviewPolicy(Number(exam), String(text), byUsername(author, world)),
  remove_review_policy: (api, { exam }) => api.removeReviewPolicy(Number(exam)),
  get_review_policy: (api, { exam }) => api.getReviewPolicy(Number(exam)),
  start_attempt_by_code: async (api, args) => (await api.startAttemptByCode(String(onlyText(args)))).attempt.id,
  time_out_attempt: async (api, { attempt }) => (await api.timeOutAttempt(Number(attempt))).attempt.id,
  mark_resumed: async (api, { attempt }) => (await api.markResumed(Number(attempt))).attempt.id,
}

export const hostFunctionIsThere = (name: string) => Object.hasOwn(FUNCTIONS, name)

/** A function that answers nothing answers null in the recordings. */
export async function callHostFunction (name: string, args: JsonObject, world: World): Promise<unknown> {
  return await FUNCTIONS[name]?.(hostApi(world.invigil.app), args, world) ?? null
}

/** These take one text; files may call it as they like. */
const onlyText = (args: JsonObject): string | null => Object.values(args).find(value => typeof value === 'string') ?? null

/** The attempt's own id is more than the original says. */
async function violationReport (api: HostApi, args: JsonObject): Promise<unknown> {
  const records: unknown[] = []
  const report = api.violationReport(String(args.course_id), { reviewsOf: args.include_practice === true ? 'practice' : 'graded' })
  for await (const { attempt_id: _, ...record } of report) records.push(record)
  return records
}

const wireDate = (date: Date | null) => date && date.toISOString().replace('.000Z', 'Z')

/** An author need not be an actor of the scenario: the original takes any user name. */
function byUsername (username: unknown, { actors }: World): Pick<Actor, 'id' | 'username' | 'can_take'> {
  return [...actors.values()].find(actor => actor.username === username) ?? { id: 9001, username: String(username) }
}
