import type { Sql } from '../../db/sql.ts'
import type { Actor, Exam } from '../attempt/attempt.ts'
import type { DomainContext } from '../context.ts'
import { lockExam } from '../exam/read.ts'
import { findUsersByNames } from '../remember-user.ts'
import { grantWithin } from './grant.ts'
import { checkValue, multipliedMinutes, readMultiplier, TIME_MULTIPLIER } from './rules.ts'
import { TIME_ALLOWANCE } from './read.ts'

export interface BulkRequest {
  examIds: readonly number[]
  /** User names or e-mail addresses. */
  learners: readonly string[]
  type: string
  value: string
  actor: Actor
}

/** What is wrong with the value of a bulk grant; null when nothing is. */
export function checkBulkValue (type: string, value: string): string | null {
  if (type !== TIME_MULTIPLIER) return checkValue(type, value)
  return readMultiplier(value) === null ? `Expected a number of at least 1, like 1.5; found "${value.slice(0, 40)}".` : null
}

/**
 * Grants every learner of the list the same in every exam of the list. Each pair stands for itself: an exam that is unknown or not active,
 * or a learner nobody knows, does not keep the others from theirs.
 */
export async function grantInBulk (ctx: DomainContext, request: BulkRequest): Promise<'all' | 'some' | 'none'> {
  const { examIds, learners, type, actor } = request
  const known = await findUsersByNames(ctx.db, learners)
  const userIds = [...known.values()].map(({ id }) => id)
  const exams = [...new Set(examIds)].toSorted((a, b) => a - b)
  if (userIds.length === 0) return 'none'
  const key = type === TIME_MULTIPLIER ? TIME_ALLOWANCE : type
  const reached = await ctx.db.transaction(async tx => {
    let count = 0
    for (const id of exams) {
      const grant = await readGrant(tx, id, request)
      if (!grant) continue
      await grantWithin(ctx, tx, { ...grant, userIds, key, actor })
      count++
    }
    return count
  })
  if (reached === 0) return 'none'
  return reached === exams.length && known.size === new Set(learners).size ? 'all' : 'some'
}

/** The exam, held, with what it is to be granted; null when nothing can be granted there. In the order of ids, so that two bulks do not wait for each other. */
async function readGrant (tx: Sql, examId: number, { type, value }: BulkRequest): Promise<{ exam: Exam, value: string } | null> {
  const exam = await lockExam(tx, examId)
  if (!exam?.isActive) return null
  const granted = type === TIME_MULTIPLIER ? multipliedMinutes(exam.timeLimitMins, readMultiplier(value) ?? Number.NaN) : value
  return granted === null ? null : { exam, value: granted }
}
