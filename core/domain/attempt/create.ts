import type { Sql } from '../../db/sql.ts'
import { isUniqueViolation } from '../../db/violations.ts'
import { INV_ATTEMPT_EXISTS, INV_CONFLICT, INV_EXAM_PAST_DUE, INV_FORBIDDEN, INV_PROVIDER_BAD_ANSWER } from '../../errors.ts'
import type { DomainContext } from '../context.ts'
import { getExam } from '../exam/read.ts'
import { reviewPolicyOf } from '../exam/review-policy-of.ts'
import { assertStillServed } from '../exam/served-courses.ts'
import { addAttempt } from './add.ts'
import { isPastDueFor } from './allowed-time.ts'
import { changeStatus } from './apply.ts'
import { getCurrent } from './read.ts'
import { registerAttempt, type Registration } from './register.ts'
import { stepAside, updateAttempt } from './store.ts'
import type { Actor, Attempt, AttemptRecord, Exam, User } from './attempt.ts'

export interface EnterRequest {
  examId: number
  user: User
  proctored: boolean
  startClock: boolean
  actor: Actor
}

/** What a learner's "enter" means: create an attempt, then start it or take it without proctoring (contract 01 §6.2). */
export async function enterExam (ctx: DomainContext, { examId, user, proctored, startClock, actor }: EnterRequest): Promise<AttemptRecord> {
  const exam = await getExam(ctx.db, examId)
  if (!exam.isPracticeExam && await isPastDueFor(ctx, exam, user.id)) throw new INV_FORBIDDEN(`The due date of exam ${exam.id} has passed.`)
  const record = await createAttempt(ctx, { exam, user, proctored, actor })
  if (exam.isProctored && !proctored) return changeStatus(ctx, record.attempt.id, { to: 'declined', actor })
  return startClock ? changeStatus(ctx, record.attempt.id, { to: 'started', actor }) : record
}

export interface CreateRequest { exam: Exam, user: User, proctored: boolean, actor: Actor }

/** Adds an attempt; a former one that broke off is resumed, a practice one is taken again, any other forbids it (contract 01 §6.1). */
export async function createAttempt (ctx: DomainContext, { exam, user, proctored, actor }: CreateRequest): Promise<AttemptRecord> {
  const former = await getCurrent(ctx, user.id, exam.id)
  const resuming = former !== null && (former.attempt.readyToResume || former.attempt.resumed)
  if (former && !resuming && !former.attempt.isSampleAttempt) throw new INV_ATTEMPT_EXISTS(user.id, exam.id)
  const now = ctx.clock.now()
  return replaceAttempt(ctx, {
    exam,
    user,
    proctored,
    actor,
    former,
    goesOn: resuming,
    savedSeconds: resuming ? former.attempt.timeRemainingSeconds : null,
    retire: async (tx, { attempt }) => {
      const retired = resuming
        ? await updateAttempt(tx, attempt, { change: { isCurrent: false, resumed: true, isResumable: false }, actor, now, reason: 'resumed' })
        : await stepAside(tx, attempt, { actor, now, reason: 'taken again' })
      if (!retired) throw new INV_CONFLICT(attempt.id)
    },
  })
}

interface Replacement extends CreateRequest {
  former: AttemptRecord | null
  savedSeconds: number | null
  /** The former attempt broke off and is gone on with: no new one in the eyes of who allows providers. */
  goesOn?: boolean
  /** Takes the former attempt out of the way, in the transaction that adds the new one. */
  retire (tx: Sql, former: AttemptRecord): Promise<void>
}

/** Registers first and writes after, so that a vendor who fails leaves everything as it was. */
export async function replaceAttempt (ctx: DomainContext, { exam, user, proctored, actor, former, savedSeconds, goesOn = false, retire }: Replacement): Promise<AttemptRecord> {
  if (proctored && await isPastDueFor(ctx, exam, user.id)) throw new INV_EXAM_PAST_DUE(exam.id)
  if (proctored && !goesOn) assertStillServed(ctx.providers, exam)
  const attemptCode = ctx.newAttemptCode()
  const reviewPolicy = await reviewPolicyOf(ctx.db, exam.id)
  const current: Pick<Attempt, 'timeRemainingSeconds'> | null = former && { timeRemainingSeconds: former.attempt.timeRemainingSeconds }
  const registration = proctored ? await registerAttempt(ctx, { exam, user, actor, attemptCode, reviewPolicy, current }) : null
  try {
    return await ctx.db.transaction(async tx => {
      if (former) await retire(tx, former)
      return addAttempt(ctx, tx, { exam, user, actor, attemptCode, registration, reviewPolicyId: reviewPolicy?.id ?? null, timeRemainingSeconds: savedSeconds })
    })
  } catch (error) {
    const reason = explain(error, exam, user, registration)
    if (registration && !(reason instanceof INV_PROVIDER_BAD_ANSWER)) await undoRegistration(ctx, exam, registration, attemptCode, actor)
    throw reason
  }
}

function explain (error: unknown, exam: Exam, user: User, registration: Registration | null): unknown {
  if (isUniqueViolation(error, 'attempt_current_unique')) return new INV_ATTEMPT_EXISTS(user.id, exam.id)
  if (isUniqueViolation(error, 'attempt_provider_external_id_unique')) {
    return new INV_PROVIDER_BAD_ANSWER(registration?.provider ?? '', '', 'registerAttempt', `the id ${registration?.externalId} of another attempt`, 'an id of its own')
  }
  return error
}

/** The vendor has an attempt that we do not: it is told to remove it, as often as it takes. */
async function undoRegistration (ctx: DomainContext, exam: Exam, { provider, externalId }: Registration, attemptCode: string, actor: Actor): Promise<void> {
  if (externalId === null) return
  await ctx.db.transaction(tx => ctx.enqueue(tx, [{
    kind: 'provider', subject: `registration:${attemptCode}`, provider, method: 'removeAttempt', examExternalId: exam.externalId, attemptExternalId: externalId,
  }], actor.requestId ?? null))
}
