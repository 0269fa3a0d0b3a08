import { setTimeout } from 'node:timers/promises'
import { INV_ATTEMPT_NOT_FOUND } from '../../errors.ts'
import type { DomainContext } from '../context.ts'
import { expire } from './apply.ts'
import { findActive, findByCode, findByExternalId, findById, findByProviderId, findCurrent } from './store.ts'
import { isTimeOver } from './time.ts'
import type { AttemptRecord } from './attempt.ts'

/** Reading an attempt whose time is over submits it at once: clients rely on that (contract 01 §4.5). */
async function settled (ctx: DomainContext, find: () => Promise<AttemptRecord | null>): Promise<AttemptRecord | null> {
  const record = await find()
  if (record === null || record.attempt.archivedAt || !isTimeOver(record.attempt, ctx.clock.now())) return record
  await expire(ctx, record)
  return find()
}

/** Null for an attempt that is not there. */
export const findAttempt = (ctx: DomainContext, id: number) => settled(ctx, () => findById(ctx.db, id))

export async function getAttempt (ctx: DomainContext, id: number): Promise<AttemptRecord> {
  const record = await findAttempt(ctx, id)
  if (!record) throw new INV_ATTEMPT_NOT_FOUND(id)
  return record
}

/** The learner's attempt that counts at this exam, or null. */
export const getCurrent = (ctx: DomainContext, userId: number, examId: number) => settled(ctx, () => findCurrent(ctx.db, userId, examId))

/** The newest attempt the learner is working on, in any course; null when there is none, or its time has just run out. */
export const getActive = (ctx: DomainContext, userId: number) => settled(ctx, () => findActive(ctx.db, userId))

/** By the vendor's id; without a provider's name the newest of all providers. */
export const getByExternalId = (ctx: DomainContext, externalId: string, provider: string | null) =>
  settled(ctx, () => provider === null ? findByExternalId(ctx.db, externalId) : findByProviderId(ctx.db, provider, externalId))

/** By the code we gave it; archived attempts too. */
export const getByCode = (ctx: DomainContext, code: string) => settled(ctx, () => findByCode(ctx.db, code))

/** A fast vendor may speak of an attempt before the transaction that adds it has committed: it is waited for this long. */
const EARLY_TRIES_MS = [100, 200, 300, 400]

export async function getByExternalIdSoon (ctx: DomainContext, externalId: string, provider: string): Promise<AttemptRecord | null> {
  for (const pause of EARLY_TRIES_MS) {
    const record = await getByExternalId(ctx, externalId, provider)
    if (record) return record
    await setTimeout(pause)
  }
  return getByExternalId(ctx, externalId, provider)
}
