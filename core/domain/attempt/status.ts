import { ONBOARDING_REFUSALS } from '../../provider/answers.ts'

/** Every status an attempt can have, with the groups it belongs to (contract 01 §3). */
const STATUS_GROUPS = {
  eligible: ['incomplete'],
  created: ['incomplete', 'pre-started'],
  download_software_clicked: ['incomplete', 'pre-started'],
  ready_to_start: ['incomplete', 'pre-started'],
  started: ['incomplete', 'in-progress'],
  ready_to_submit: ['incomplete', 'in-progress'],
  declined: ['completed'],
  timed_out: ['completed'],
  submitted: ['completed'],
  second_review_required: ['completed', 'reviewed'],
  verified: ['completed', 'reviewed'],
  rejected: ['completed', 'reviewed'],
  error: ['completed'],
  expired: [],
  onboarding_reset: [],
  onboarding_missing: ['completed', 'onboarding-refusal'],
  onboarding_pending: ['completed', 'onboarding-refusal'],
  onboarding_failed: ['completed', 'onboarding-refusal'],
  onboarding_expired: ['completed', 'onboarding-refusal'],
} as const

export type AttemptStatus = keyof typeof STATUS_GROUPS
export type StatusGroup = 'incomplete' | 'pre-started' | 'in-progress' | 'completed' | 'reviewed' | 'onboarding-refusal'

export const ATTEMPT_STATUSES = Object.freeze(Object.keys(STATUS_GROUPS).filter(isAttemptStatus))

export function isAttemptStatus (word: string): word is AttemptStatus {
  return Object.hasOwn(STATUS_GROUPS, word)
}

export function inGroup (status: AttemptStatus, group: StatusGroup): boolean {
  return (STATUS_GROUPS[status] as readonly StatusGroup[]).includes(group)
}

export const statusesIn = (group: StatusGroup): AttemptStatus[] => ATTEMPT_STATUSES.filter(status => inGroup(status, group))
export const isCompleted = (status: AttemptStatus): boolean => inGroup(status, 'completed')
export const isIncomplete = (status: AttemptStatus): boolean => inGroup(status, 'incomplete')
export const isInProgress = (status: AttemptStatus): boolean => inGroup(status, 'in-progress')
export const isOnboardingRefusal = (word: string): word is typeof ONBOARDING_REFUSALS[number] =>
  (ONBOARDING_REFUSALS as readonly string[]).includes(word)
