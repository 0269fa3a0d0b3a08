import { VENDOR_REVIEW_STATUSES, type NormalisedReview } from './contract.ts'
import { refuse } from './define-provider.ts'

type Comment = NormalisedReview['comments'][number]
const LONGEST_STATUS = 255
const LARGEST_SECONDS = 2_147_483_647

/**
 * Reads a review in the standard body: `{status, comments?: [{comment, status, start?, stop?, duration?}], reviewed_by?}`.
 * A `videoReviewLink` is dropped unless the operator wants it kept.
 * The host reads the reviews of retired providers with it, whose packages are gone.
 */
export function normaliseStandardReview (body: Record<string, unknown>, { acceptVideoLink = false } = {}): NormalisedReview {
  const { reviewed_by: reviewedBy, videoReviewLink } = body
  return {
    status: readStatus(body['status']),
    comments: readComments(body['comments']),
    ...(acceptVideoLink && typeof videoReviewLink === 'string' && { videoReviewLink }),
    ...(typeof reviewedBy === 'string' && { reviewedBy }),
  }
}

function readStatus (word: unknown): NormalisedReview['status'] {
  const status = VENDOR_REVIEW_STATUSES.find(known => known === word)
  if (status) return status
  throw refuse(400, `the review's status is ${shown(word)}; expected one of ${VENDOR_REVIEW_STATUSES.join(', ')}`)
}

function readComments (comments: unknown): Comment[] {
  if (comments === undefined || comments === null) return []
  if (!Array.isArray(comments)) throw refuse(400, `the review's comments are ${shown(comments)}; expected a list`)
  return comments.map(readComment)
}

function readComment (value: unknown, index: number): Comment {
  const where = `comment ${index + 1} of the review`
  const fields = asObject(value)
  if (!fields) throw refuse(400, `${where} is ${shown(value)}; expected an object`)
  const { comment, status } = fields
  if (typeof comment !== 'string') throw refuse(400, `${where} has ${shown(comment)} as "comment"; expected text`)
  if (typeof status !== 'string' || status.length > LONGEST_STATUS) {
    throw refuse(400, `${where} has ${shown(status)} as "status"; expected text of at most ${LONGEST_STATUS} characters`)
  }
  const seconds = (name: string) => readSeconds(fields[name], `"${name}" of ${where}`)
  return { comment, status, start: seconds('start'), stop: seconds('stop'), duration: seconds('duration') }
}

function readSeconds (value: unknown, what: string): number {
  if (value === undefined || value === null || value === '') return 0
  const seconds = typeof value === 'string' || typeof value === 'number' ? Math.trunc(Number(value)) : NaN
  if (Math.abs(seconds) <= LARGEST_SECONDS) return seconds
  throw refuse(400, `${what} is ${shown(value)}; expected a number of seconds`)
}

function asObject (value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

function shown (value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value).slice(0, 80)
}
