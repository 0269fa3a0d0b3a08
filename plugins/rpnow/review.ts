import { refuse, type NormalisedReview, type ReceivedReview } from 'invigil/provider'

type Comment = NormalisedReview['comments'][number]
type Fields = Readonly<Record<string, unknown>>

const STATUSES = new Map<unknown, NormalisedReview['status']>([
  ['Clean', 'passed'], ['Rules Violation', 'violation'], ['Suspicious', 'suspicious'], ['Not Reviewed', 'not_reviewed'],
])
const LONGEST_STATUS = 255
const LARGEST_SECONDS = 2_147_483_647

/** Reads the vendor's review. Nobody signs it: what speaks for it is the record locator, known to the vendor from the registration. */
export function normaliseReview (review: ReceivedReview): NormalisedReview {
  assertSameRecord(review)
  const { reviewStatus, webCamComments, desktopComments, videoReviewLink } = review.body
  const status = STATUSES.get(reviewStatus)
  if (!status) throw refuse(400, `reviewStatus is ${shown(reviewStatus)}; expected one of ${[...STATUSES.keys()].join(', ')}`)
  return {
    status,
    comments: [...readComments(webCamComments, 'webCamComments'), ...readComments(desktopComments, 'desktopComments')],
    ...(typeof videoReviewLink === 'string' && videoReviewLink !== '' && { videoReviewLink }),
    // the body may name a reviewer, but who sent it is not known (Q75)
    reviewedBy: null,
  }
}

function assertSameRecord ({ attempt, body, simulationAllowed = false }: ReceivedReview): void {
  const locator = fieldsOf(body.examMetaData)?.ssiRecordLocator
  if (typeof locator !== 'string' || locator === '') throw refuse(400, `examMetaData.ssiRecordLocator is ${shown(locator)}; expected text`)
  if (!attempt.externalId) throw refuse(400, `attempt ${attempt.attemptCode} was never registered with the vendor`)
  if (simulationAllowed || locator.toLowerCase() === attempt.externalId.toLowerCase()) return
  throw refuse(400, `the record locator is not the one attempt ${attempt.attemptCode} was registered under`)
}

function readComments (comments: unknown, list: string): Comment[] {
  if (comments === undefined || comments === null) return []
  if (!Array.isArray(comments)) throw refuse(400, `${list} is ${shown(comments)}; expected a list`)
  return comments.map((item: unknown, index) => readComment(item, `${list}[${index}]`))
}

function readComment (item: unknown, where: string): Comment {
  const fields = fieldsOf(item)
  if (!fields) throw refuse(400, `${where} is ${shown(item)}; expected an object`)
  const { comments: comment, eventStatus: status } = fields
  if (typeof comment !== 'string') throw refuse(400, `${where}.comments is ${shown(comment)}; expected text`)
  if (typeof status !== 'string' || status.length > LONGEST_STATUS) {
    throw refuse(400, `${where}.eventStatus is ${shown(status)}; expected text of at most ${LONGEST_STATUS} characters`)
  }
  const seconds = (name: string) => readSeconds(fields[name], `${where}.${name}`)
  return { comment, status, start: seconds('eventStart'), stop: seconds('eventFinish'), duration: seconds('duration') }
}

function readSeconds (value: unknown, where: string): number {
  const seconds = typeof value === 'number' || (typeof value === 'string' && value !== '') ? Math.trunc(Number(value)) : NaN
  if (Math.abs(seconds) <= LARGEST_SECONDS) return seconds
  throw refuse(400, `${where} is ${shown(value)}; expected a number of seconds`)
}

function fieldsOf (value: unknown): Fields | null {
  // a JSON object has text keys and anything as values
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : null
}

function shown (value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value).slice(0, 80)
}
