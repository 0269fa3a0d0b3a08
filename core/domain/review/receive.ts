import { sqlWithin } from '../../db/database.ts'
import type { Sql } from '../../db/sql.ts'
import type { SqlEntityManager } from '../../db/orm.ts'
import { INV_NO_LONGER_PROCTORED, INV_REVIEW_EXISTS, INV_REVIEW_INVALID } from '../../errors.ts'
import { ReviewCommentEntity, ReviewEntity } from '../../models/index.ts'
import type { NormalisedReview } from '../../provider/contract.ts'
import type { LoadedProvider } from '../../provider/registry.ts'
import { normaliseStandardReview } from '../../provider/standard-review.ts'
import { attemptFacts } from '../attempt/attempt-facts.ts'
import type { DomainContext } from '../context.ts'
import { providerOfAttempt } from '../exam/exam-provider.ts'
import { findUserByEmail } from '../remember-user.ts'
import { freshRecord, retryRaces, settleReview } from './apply-saved.ts'
import { replacedReview, reviewFacts } from './review-facts.ts'
import { STORED_STATUS } from './review-status.ts'
import { encryptVideoUrl } from './video-url.ts'
import type { Actor, AttemptRecord, User } from '../attempt/attempt.ts'

export interface ReceivedReviewInput {
  record: AttemptRecord
  body: Record<string, unknown>
  actor: Actor
  /** Who reads it, where that is not for the exam to say. */
  provider?: LoadedProvider
}

/** Stores the vendor's verdict and gives the attempt its status (contract 01 §6.6). Everything is checked before anything is written. */
export async function receiveReview (ctx: DomainContext, { record, body, actor, ...given }: ReceivedReviewInput): Promise<void> {
  const provider = given.provider ?? providerOfAttempt(ctx.providers, record)
  if (!provider) throw new INV_NO_LONGER_PROCTORED(record.exam.id)
  // a review that nobody signed is proven by the package alone
  const review = provider.state === 'ready' || given.provider ? await normalise(ctx, provider, record, body, actor) : readStandard(body)
  const reviewer = review.reviewedBy ? await findUserByEmail(ctx.db, review.reviewedBy) : null
  await retryRaces(() => ctx.em().transactional(em => store(ctx, em, { record, body, actor, review, reviewer, provider })))
}

async function normalise ({ settings }: DomainContext, provider: LoadedProvider, { attempt, exam }: AttemptRecord, body: Record<string, unknown>, actor: Actor): Promise<NormalisedReview> {
  const received = { attempt: attemptFacts(attempt, exam), body, simulationAllowed: settings.allow_callback_simulation }
  const review = await provider.call('normaliseReview', [received], { requestId: actor.requestId ?? null })
  if (!review) throw new INV_REVIEW_INVALID(`Provider "${provider.name}" takes no reviews.`)
  return review
}

/** A vendor whose package is gone may still owe reviews: they are taken in the usual body. */
function readStandard (body: Record<string, unknown>): NormalisedReview {
  try {
    return normaliseStandardReview(body)
  } catch (error) {
    throw new INV_REVIEW_INVALID(error instanceof Error ? error.message : String(error))
  }
}

interface Storing extends ReceivedReviewInput { review: NormalisedReview, reviewer: User | null, provider: LoadedProvider }

async function store (ctx: DomainContext, em: SqlEntityManager, input: Storing): Promise<void> {
  const { reviewer, actor } = input
  const tx = sqlWithin(em)
  const record = await freshRecord(tx, input.record.attempt.attemptCode)
  const saved = await saveReview(ctx, em, input, record)
  await em.flush()
  await settleReview(ctx, tx, record, { ...saved, reviewer, actor })
  if (saved.after.reviewStatus === 'Suspicious' && !reviewer) await notifySupport(ctx, tx, record, actor)
}

async function saveReview (ctx: DomainContext, em: SqlEntityManager, { body, review, reviewer, provider }: Storing, { attempt }: AttemptRecord) {
  const existing = await em.findOne(ReviewEntity, { attemptCode: attempt.attemptCode })
  if (existing && !ctx.settings.allow_review_updates) throw new INV_REVIEW_EXISTS(attempt.id)
  const now = ctx.clock.now()
  const { videoReviewLink: _dropped, ...kept } = body
  const fields = {
    reviewStatus: STORED_STATUS[review.status],
    rawData: JSON.stringify(kept),
    reviewedBy: reviewer?.id ?? null,
    isAttemptActive: attempt.archivedAt === null,
    student: attempt.userId,
    exam: attempt.examId,
    modifiedAt: now,
    ...encryptedLink(review, provider),
  }
  const before = existing && replacedReview(existing)
  const entity = existing ? em.assign(existing, fields) : em.create(ReviewEntity, { ...fields, attemptCode: attempt.attemptCode, createdAt: now })
  await em.flush()
  await replaceComments(em, entity.id, review, now)
  return { id: entity.id, before, after: reviewFacts(entity) }
}

/** A link stays when the new review brings none (Q74). */
function encryptedLink ({ videoReviewLink }: NormalisedReview, { attributes }: LoadedProvider): { encryptedVideoUrl?: string } {
  if (!videoReviewLink || !attributes.videoReviewAesKey) return {}
  return { encryptedVideoUrl: encryptVideoUrl(videoReviewLink, attributes.videoReviewAesKey) }
}

/** A review that comes again brings its comments again: they replace the former ones (Q13). */
async function replaceComments (em: SqlEntityManager, reviewId: number, { comments }: NormalisedReview, now: Date): Promise<void> {
  await em.nativeDelete(ReviewCommentEntity, { review: reviewId })
  for (const { start, stop, duration, comment, status } of comments) {
    em.create(ReviewCommentEntity, { review: reviewId, startTime: start, stopTime: stop, duration, comment, status, createdAt: now })
  }
}

async function notifySupport (ctx: DomainContext, tx: Sql, { attempt, exam, user }: AttemptRecord, actor: Actor): Promise<void> {
  const args = {
    course_id: exam.courseId,
    exam_name: exam.examName,
    student_username: user.username,
    review_status: 'Suspicious',
    review_url: ctx.urls.instructorDashboard(exam.courseId, exam.id, attempt.externalId),
  }
  await ctx.enqueue(tx, [{ kind: 'lms', subject: `attempt:${attempt.id}`, service: 'instructor', method: 'send_support_notification', args }], actor.requestId ?? null)
}
