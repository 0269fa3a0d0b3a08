import type { InferEntity } from '@mikro-orm/core'
import type { ReviewEntity } from '../../models/index.ts'

/** What history tells of a review. Its texts are kept only of what was replaced: what stands now stands in the review itself. */
export interface ReviewFacts {
  attemptCode: string
  userId: number | null
  examId: number | null
  reviewStatus: string
  reviewedBy: number | null
  isAttemptActive: boolean
}
export interface ReplacedReview extends ReviewFacts { rawData: string, encryptedVideoUrl: string | null }

type Review = InferEntity<typeof ReviewEntity>

export function reviewFacts ({ attemptCode, student, exam, reviewStatus, reviewedBy, isAttemptActive }: Review): ReviewFacts {
  return { attemptCode, userId: student?.id ?? null, examId: exam?.id ?? null, reviewStatus, reviewedBy: reviewedBy?.id ?? null, isAttemptActive: isAttemptActive ?? true }
}

export const replacedReview = (review: Review): ReplacedReview =>
  ({ ...reviewFacts(review), rawData: review.rawData, encryptedVideoUrl: review.encryptedVideoUrl ?? null })

/** The same as JSON of a row `review r`, for changes that are one statement. */
const FACTS = '\'attemptCode\', r.attempt_code, \'userId\', r.student_id, \'examId\', r.exam_id, \'reviewStatus\', r.review_status, \'reviewedBy\', r.reviewed_by_id'
export const FACTS_JSON = `jsonb_build_object(${FACTS}, 'isAttemptActive', r.is_attempt_active)`
export const REPLACED_JSON = `${FACTS_JSON} || jsonb_build_object('rawData', r.raw_data, 'encryptedVideoUrl', r.encrypted_video_url)`
