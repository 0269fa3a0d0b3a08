import { hostApi } from '../../../core/host-api.ts'
import type { Administration } from '../../../core/administration.ts'
import type { ExamChange } from '../../../core/domain/exam/save.ts'
import { INV_REVIEW_INVALID } from '../../../core/errors.ts'
import { findUser } from '../../../core/domain/remember-user.ts'
import { STORED_REVIEW_STATUSES } from '../../../core/domain/review/review-status.ts'
import type { JsonObject } from '../json.ts'
import type { Actor } from '../schema.ts'
import type { World } from '../world.ts'

export interface Saving { attempt: unknown, attemptCode: unknown, exam: unknown, values: JsonObject }
type Action = (admin: Administration, saving: Saving) => Promise<unknown>

/** What is saved in the original's administration pages, in Invigil's words. */
const ACTIONS: Readonly<Record<string, Action>> = {
  save_attempt: (admin, { attempt, values }) => admin.saveAttempt(Number(attempt), { status: String(values.status) }),
  delete_review: (admin, { attemptCode }) => admin.deleteReview(String(attemptCode)),
  save_review: async (admin, { attemptCode, values }) => {
    const reviewStatus = STORED_REVIEW_STATUSES.find(word => word === values.review_status)
    if ('review_status' in values && !reviewStatus) throw new INV_REVIEW_INVALID(`"${String(values.review_status)}" is no verdict.`)
    return admin.saveReview(String(attemptCode), { ...(reviewStatus && { reviewStatus }), ...('raw_data' in values && { notes: String(values.raw_data) }) })
  },
  save_exam: (admin, { exam, values }) => admin.saveExam(Number(exam), examChange(values)),
  save_review_policy: (admin, { exam, values }) => admin.saveReviewPolicy(Number(exam), String(values.review_policy)),
}

/** Columns of the original are Invigil's fields in snake_case. */
function examChange (values: JsonObject): ExamChange {
  const named = Object.entries(values).map(([column, value]) => [column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()), value] as const)
  return Object.fromEntries(named.map(([field, value]) => [field, field === 'dueDate' && value !== null ? new Date(String(value)) : value]))
}

export const adminActionIsThere = (action: string) => Object.hasOwn(ACTIONS, action)

export async function administrate (action: string, saving: Saving, by: Actor, { invigil: { app } }: World): Promise<unknown> {
  const user = await findUser(app.domain.db, by.id)
  if (!user) throw new Error(`Invigil does not know the user ${by.username}`)
  return ACTIONS[action]?.(hostApi(app).admin(user), saving)
}
