import { INV_ALLOWANCE_INVALID, INV_EXAM_INACTIVE, INV_EXAM_NOT_FOUND, INV_USER_NOT_FOUND } from '../../errors.ts'
import type { Actor, User } from '../attempt/attempt.ts'
import type { DomainContext } from '../context.ts'
import { lockExam } from '../exam/read.ts'
import { findUser, findUserByName } from '../remember-user.ts'
import { grantWithin } from './grant.ts'
import { checkKey, checkValue } from './rules.ts'

export interface AllowanceRequest {
  examId: number
  /** The platform's id, or a user name or e-mail address. */
  learner: number | string
  key: string
  value: string
  actor: Actor
}

/** Grants one learner something in one exam, or changes what was granted. A running attempt keeps the time it was started with. */
export async function saveAllowance (ctx: DomainContext, { examId, learner, key, value, actor }: AllowanceRequest): Promise<void> {
  const fault = checkKey(key) ?? checkValue(key, value)
  if (fault) throw new INV_ALLOWANCE_INVALID(fault)
  const { id } = await getLearner(ctx, learner)
  await ctx.db.transaction(async tx => {
    const exam = await lockExam(tx, examId)
    if (!exam) throw new INV_EXAM_NOT_FOUND(examId)
    if (!exam.isActive) throw new INV_EXAM_INACTIVE(examId)
    await grantWithin(ctx, tx, { exam, userIds: [id], key, value, actor })
  })
}

async function getLearner ({ db }: DomainContext, learner: number | string): Promise<User> {
  const user = typeof learner === 'number' ? await findUser(db, learner) : await findUserByName(db, learner)
  if (!user) throw new INV_USER_NOT_FOUND(learner)
  return user
}
