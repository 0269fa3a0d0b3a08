import type { Actor, Exam, User } from '../attempt/attempt.ts'
import { changeStatusWithin, isLostRace } from '../attempt/apply.ts'
import { addUnregisteredAttempt } from '../attempt/add.ts'
import type { DomainContext } from '../context.ts'
import { areSatisfied, classifyPrerequisites, linkPrerequisites, type Prerequisites } from './prerequisites.ts'

/** The result as clients know it, spelling included. */
export interface PrerequisiteStatus {
  are_prerequisites_satisifed: boolean
  satisfied_prerequisites: Prerequisites['satisfied']
  failed_prerequisites: Prerequisites['failed']
  pending_prerequisites: Prerequisites['pending']
  declined_prerequisites: Prerequisites['declined']
}

/**
 * How a learner without an attempt stands before a proctored exam; null when the platform knows no credit state.
 * Who declined an earlier one is taken to decline this one: the attempt is made and declined here.
 */
export async function prerequisitesFor (ctx: DomainContext, exam: Exam, user: User, actor: Actor): Promise<PrerequisiteStatus | null> {
  const state = await creditState(ctx, exam, user)
  if (!state) return null
  return settlePrerequisites(ctx, exam, user, actor, classifyPrerequisites(state.creditRequirementStatus, exam.contentId))
}

export async function settlePrerequisites (ctx: DomainContext, exam: Exam, user: User, actor: Actor, prerequisites: Prerequisites): Promise<PrerequisiteStatus> {
  if (prerequisites.declined.length > 0) await declineAtOnce(ctx, exam, user, actor)
  const linked = areSatisfied(prerequisites) || prerequisites.declined.length > 0 ? prerequisites : linkPrerequisites(prerequisites, contentId => ctx.urls.jumpTo(exam.courseId, contentId))
  return {
    are_prerequisites_satisifed: areSatisfied(prerequisites),
    satisfied_prerequisites: linked.satisfied,
    failed_prerequisites: linked.failed,
    pending_prerequisites: linked.pending,
    declined_prerequisites: linked.declined,
  }
}

async function declineAtOnce (ctx: DomainContext, exam: Exam, user: User, actor: Actor): Promise<void> {
  try {
    await ctx.db.transaction(async tx => changeStatusWithin(ctx, tx, await addUnregisteredAttempt(ctx, tx, { exam, user, actor }), { to: 'declined', actor }))
  } catch (error) {
    // another tab of the learner's was first
    if (!isLostRace(error)) throw error
  }
}

async function creditState ({ lms, log }: DomainContext, exam: Exam, user: User) {
  try {
    return await lms.credit.getCreditState(user.id, exam.courseId)
  } catch (err) {
    log.warn({ err, examId: exam.id }, 'The credit service failed; the exam is shown without prerequisites.')
    return null
  }
}
