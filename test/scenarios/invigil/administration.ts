import { setAttemptStatus } from '../../../core/domain/attempt/set-status.ts'
import type { DomainContext } from '../../../core/domain/context.ts'
import { deleteReview } from '../../../core/domain/review/delete.ts'
import { STORED_REVIEW_STATUSES } from '../../../core/domain/review/review-status.ts'
import { secondReview } from '../../../core/domain/review/second-review.ts'
import { findUser } from '../../../core/domain/remember-user.ts'
import type { JsonObject } from '../json.ts'
import type { Actor } from '../schema.ts'

export interface Saving { attempt: unknown, attemptCode: unknown, values: JsonObject, by: Actor }
type Action = (domain: DomainContext, saving: Saving) => Promise<unknown>

/** What the original's administration pages do, by Invigil's use cases. What is not here cannot be played. */
export const ADMINISTRATION: Readonly<Record<string, Action>> = {
  save_attempt: (domain, { attempt, values, by }) => setAttemptStatus(domain, Number(attempt), String(values.status), asStaff(by)),
  save_review: saveReview,
  delete_review: (domain, { attemptCode, by }) => deleteReview(domain, String(attemptCode), asStaff(by)),
}

const asStaff = ({ id, username }: Actor) => ({ kind: 'staff', userId: id, name: username }) as const

async function saveReview (domain: DomainContext, { attemptCode, values, by }: Saving): Promise<unknown> {
  const reviewer = await findUser(domain.db, by.id)
  if (!reviewer) throw new Error(`Invigil does not know the user ${by.username}`)
  const reviewStatus = STORED_REVIEW_STATUSES.find(word => word === values.review_status)
  return secondReview(domain, { attemptCode: String(attemptCode), reviewStatus, reviewer, ...('raw_data' in values && { notes: String(values.raw_data) }) })
}
