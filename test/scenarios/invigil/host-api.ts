import { attemptSummaries } from '../../../core/domain/attempt/summaries.ts'
import { summaryOnWire } from '../../../core/domain/attempt/summary.ts'
import type { Actor as DomainActor } from '../../../core/domain/attempt/attempt.ts'
import type { DomainContext } from '../../../core/domain/context.ts'
import { examConfigurationDashboardUrl, isDashboardAvailable } from '../../../core/domain/exam/dashboard.ts'
import { createReviewPolicy, getReviewPolicy, removeReviewPolicy, updateReviewPolicy } from '../../../core/domain/exam/review-policy.ts'
import { violationRecords } from '../../../core/domain/review/violation-report.ts'
import { snakeKeys } from '../../../core/snake-case.ts'
import type { JsonObject } from '../json.ts'
import type { Actor } from '../schema.ts'
import type { World } from '../world.ts'

type HostFunction = (domain: DomainContext, args: JsonObject, world: World) => Promise<unknown>

/** Invigil's use cases by the names the original's in-process functions have in the scenario files. What is not here cannot be played. */
export const HOST_API: Readonly<Record<string, HostFunction>> = {
  attempt_status_summary: summary,
  violation_report: violations,
  dashboard_available: (domain, { course_id: courseId }) => isDashboardAvailable(domain, String(courseId)),
  exam_configuration_dashboard_url: (domain, { course_id: courseId, content_id: contentId }) =>
    examConfigurationDashboardUrl(domain, String(courseId), String(contentId)),
  create_review_policy: (domain, { exam, author, text }, world) => createReviewPolicy(domain, Number(exam), String(text), asStaff(author, world)),
  update_review_policy: async (domain, { exam, author, text }, world) => {
    await updateReviewPolicy(domain, Number(exam), String(text), asStaff(author, world))
    return null
  },
  remove_review_policy: async (domain, { exam }) => {
    await removeReviewPolicy(domain, Number(exam), { kind: 'staff', userId: null, name: 'host' })
    return null
  },
  get_review_policy: (domain, { exam }) => getReviewPolicy(domain, Number(exam)),
}

async function summary (domain: DomainContext, args: JsonObject, world: World): Promise<unknown> {
  const actor = byUsername(args.username, world)
  const contentId = String(args.content_id)
  const mayTakeProctored = actor.can_take ?? true
  const found = await attemptSummaries(domain, { userId: actor.id, courseId: String(args.course_id), contentIds: [contentId], mayTakeProctored })
  const ofExam = found.get(contentId)
  return ofExam ? summaryOnWire(ofExam, key => key) : null
}

/** Remarks stand under keys made of their status, as in the original. */
async function violations (domain: DomainContext, args: JsonObject): Promise<unknown> {
  const records = await Array.fromAsync(violationRecords(domain.db, { courseId: String(args.course_id), reviewsOf: args.include_practice === true ? 'practice' : 'graded' }))
  return records.map(({ attemptId: _, comments, ...record }) => ({
    ...snakeKeys(record),
    ...Object.fromEntries([...comments].map(([status, remarks]) => [`${status} Comments`, remarks])),
  }))
}

export function byUsername (username: unknown, { actors }: World): Actor {
  const actor = [...actors.values()].find(each => each.username === username)
  if (!actor) throw new Error(`the scenario has no actor with the user name "${String(username)}"`)
  return actor
}

/** An author need not be an actor: the original asks for a name only. */
function asStaff (username: unknown, { actors }: World): DomainActor {
  const actor = [...actors.values()].find(each => each.username === username)
  return { kind: 'staff', userId: actor?.id ?? null, name: String(username) }
}
