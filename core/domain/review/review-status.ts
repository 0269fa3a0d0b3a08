import type { VendorReviewStatus } from '../../provider/contract.ts'
import type { AttemptStatus } from '../attempt/status.ts'

export const STORED_REVIEW_STATUSES = ['Clean', 'Rules Violation', 'Suspicious', 'Not Reviewed'] as const
export type StoredReviewStatus = typeof STORED_REVIEW_STATUSES[number]

/** The vendor's word -> the word reviews are stored under. */
export const STORED_STATUS: Record<VendorReviewStatus, StoredReviewStatus> = {
  passed: 'Clean',
  violation: 'Rules Violation',
  suspicious: 'Suspicious',
  not_reviewed: 'Not Reviewed',
}

const PASSING_BY_DEFAULT: readonly string[] = ['Clean', 'Rules Violation']

export interface VerdictFacts {
  reviewStatus: string
  /** The provider's own list; empty = the default one. */
  passingStatuses: readonly string[]
  /** A person stands behind it: a failure is final. */
  hasReviewer: boolean
  requireSecondReview: boolean
  supportsOnboarding: boolean
  isSampleAttempt: boolean
}

/** What a review makes of an attempt, first match (contract 01 §6.6). */
export function statusFromReview (facts: VerdictFacts): AttemptStatus {
  const passing = facts.passingStatuses.length > 0 ? facts.passingStatuses : PASSING_BY_DEFAULT
  if (passing.includes(facts.reviewStatus)) return 'verified'
  if (facts.reviewStatus === 'Not Reviewed') return 'error'
  if (facts.hasReviewer || !facts.requireSecondReview) return 'rejected'
  return facts.supportsOnboarding && facts.isSampleAttempt ? 'rejected' : 'second_review_required'
}
