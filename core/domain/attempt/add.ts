import type { Sql } from '../../db/sql.ts'
import type { DomainContext } from '../context.ts'
import { providerOf } from '../exam/exam-provider.ts'
import { reviewPolicyOf } from '../exam/review-policy-of.ts'
import { attemptEvent, statusSignal } from './attempt-events.ts'
import { insertAttempt } from './store.ts'
import type { Registration } from './register.ts'
import type { Actor, AttemptRecord, Exam, User } from './attempt.ts'

export interface NewAttemptFacts {
  exam: Exam
  user: User
  actor: Actor
  attemptCode: string
  registration: Registration | null
  reviewPolicyId: number | null
  timeRemainingSeconds: number | null
}

/** Writes the attempt with its signal and event; a registration refused for onboarding gives it its first status. */
export async function addAttempt (ctx: DomainContext, tx: Sql, facts: NewAttemptFacts): Promise<AttemptRecord> {
  const { exam, user, actor, registration } = facts
  const now = ctx.clock.now()
  const attempt = await insertAttempt(tx, exam.courseId, {
    userId: user.id,
    examId: exam.id,
    provider: registration?.provider ?? null,
    status: registration?.refusal ?? 'created',
    attemptCode: facts.attemptCode,
    externalId: registration?.externalId ?? null,
    createdAt: now,
    modifiedAt: now,
    takingAsProctored: registration !== null,
    isSampleAttempt: exam.isPracticeExam,
    reviewPolicyId: facts.reviewPolicyId,
    timeRemainingSeconds: facts.timeRemainingSeconds,
  }, actor)
  const supportsOnboarding = providerOf(ctx.providers, exam)?.attributes.supportsOnboarding ?? null
  const names = { fullName: registration?.fullName ?? '', profileName: registration?.profileName ?? '' }
  await ctx.enqueue(tx, [statusSignal(attempt, exam, supportsOnboarding, names), attemptEvent(attempt, exam, now, attempt.status)], actor.requestId ?? null)
  return { attempt, exam, user, siblings: [{ id: attempt.id, status: attempt.status }] }
}

/** An attempt no vendor hears of, e.g. one that is declined at once. */
export async function addUnregisteredAttempt (ctx: DomainContext, tx: Sql, { exam, user, actor }: Pick<NewAttemptFacts, 'exam' | 'user' | 'actor'>): Promise<AttemptRecord> {
  const reviewPolicyId = (await reviewPolicyOf(tx, exam.id))?.id ?? null
  return addAttempt(ctx, tx, { exam, user, actor, attemptCode: ctx.newAttemptCode(), registration: null, reviewPolicyId, timeRemainingSeconds: null })
}
