import { INV_ALREADY_STARTED, INV_ATTEMPT_NOT_FOUND, INV_CONFLICT, INV_NOT_RESUMABLE } from '../../errors.ts'
import type { DomainContext } from '../context.ts'
import { changeStatus, TRIES } from './apply.ts'
import { getAttempt, getCurrent } from './read.ts'
import { inGroup } from './status.ts'
import { updateAttempt } from './store.ts'
import { remainingSeconds } from './time.ts'
import type { Actor, AttemptChange, AttemptRecord } from './attempt.ts'

export interface ActionRequest {
  attemptId: number
  actor: Actor
  /** Throws when the caller may not touch this attempt. */
  authorise: (record: AttemptRecord) => void
}

/** Starts the learner's current attempt at the exam of the attempt named, normally the same one; also "continue working". */
export async function startAttempt (ctx: DomainContext, { attemptId, actor, authorise }: ActionRequest): Promise<AttemptRecord> {
  const refuseTwice = (record: AttemptRecord) => {
    authorise(record)
    if (record.attempt.startedAt !== null && record.attempt.status === 'started') throw new INV_ALREADY_STARTED(record.attempt.id)
  }
  const asked = await getAttempt(ctx, attemptId)
  authorise(asked)
  const current = asked.attempt.isCurrent ? asked : await getCurrent(ctx, asked.user.id, asked.exam.id)
  if (!current) throw new INV_ATTEMPT_NOT_FOUND(attemptId)
  return changeStatus(ctx, current.attempt.id, { to: 'started', actor, authorise: refuseTwice, known: current })
}

/** The learner's page reports that proctoring broke. Null when it does not matter: handed in already, or the operator tolerates lost pings. */
export async function reportError (ctx: DomainContext, { attemptId, actor, authorise }: ActionRequest): Promise<AttemptRecord | null> {
  const matters = ({ attempt, exam }: AttemptRecord) =>
    attempt.status !== 'submitted' && !(exam.backend !== null && ctx.settings.ping_failure_passthrough.includes(exam.backend))
  let ignored = false
  const record = await changeStatus(ctx, attemptId, {
    to: 'error',
    actor,
    authorise,
    onlyIf: record => {
      ignored = !matters(record)
      return !ignored
    },
    alongside: record => savedTime(ctx, record),
  })
  return ignored ? null : record
}

/** The vendor reports that proctoring broke. An attempt that is over stays as it is. */
export function reportVendorError (ctx: DomainContext, { attemptId, actor, detail }: { attemptId: number, actor: Actor, detail: string }): Promise<AttemptRecord> {
  return changeStatus(ctx, attemptId, {
    to: 'error',
    actor,
    reason: detail,
    onlyIf: ({ attempt }) => inGroup(attempt.status, 'pre-started') || inGroup(attempt.status, 'in-progress'),
    alongside: record => savedTime(ctx, record),
  })
}

/** Before the start nothing is saved: a resume then gives the whole time. */
function savedTime (ctx: DomainContext, { attempt }: AttemptRecord): AttemptChange {
  return attempt.startedAt === null ? {} : { timeRemainingSeconds: Math.trunc(remainingSeconds(attempt, ctx.clock.now())) }
}

/** Staff lets a learner go on after an error (contract 01 §6.5). */
export async function markReadyToResume (ctx: DomainContext, { attemptId, actor, authorise }: ActionRequest): Promise<AttemptRecord> {
  return setFlags(ctx, { attemptId, actor, authorise }, record => {
    if (!record.attempt.isResumable) throw new INV_NOT_RESUMABLE(attemptId)
    return { readyToResume: true, isResumable: false }
  })
}

/** The learner has seen the verdict and wants to see the exam. */
export const acknowledgeStatus = (ctx: DomainContext, request: ActionRequest) => setFlags(ctx, request, () => ({ isStatusAcknowledged: true }))

/** The vendor is ready: only an attempt that waits for it moves. */
export function markReady (ctx: DomainContext, attemptId: number, actor: Actor): Promise<AttemptRecord> {
  return changeStatus(ctx, attemptId, { to: 'ready_to_start', actor, onlyIf: ({ attempt }) => inGroup(attempt.status, 'pre-started') })
}

async function setFlags (ctx: DomainContext, { attemptId, actor, authorise }: ActionRequest, change: (record: AttemptRecord) => AttemptChange): Promise<AttemptRecord> {
  for (let tries = 0; tries < TRIES; tries++) {
    const record = await getAttempt(ctx, attemptId)
    authorise(record)
    const attempt = await ctx.db.transaction(tx => updateAttempt(tx, record.attempt, { change: change(record), actor, now: ctx.clock.now() }))
    if (attempt) return { ...record, attempt }
  }
  throw new INV_CONFLICT(attemptId)
}
