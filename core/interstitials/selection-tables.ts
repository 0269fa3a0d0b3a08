import { statusesIn } from '../domain/attempt/status.ts'
import type { AttemptStatus } from '../domain/attempt/status.ts'
import type { ExamFamily, ViewName } from './views.ts'

/** What the credit requirements before this exam say (contract 01 §6.8); only asked for without an attempt. */
export type Prerequisites = 'satisfied' | 'declined' | 'failed' | 'pending'

/** All that the choice of a page depends on. */
export interface ViewFacts {
  /** Role of the viewer in the host; only `student` gets pages. */
  role: string
  /** Null: this exam has no pages. */
  family: ExamFamily | null
  examActive: boolean
  /** The course end of the host's credit state has passed. */
  courseEnded: boolean
  /** Permission to take proctored exams. */
  mayTakeProctored: boolean
  accountActive: boolean
  /** Of the current attempt; null without one. */
  status: AttemptStatus | null
  /** Ready to resume and not resumed. */
  readyToResume: boolean
  /** The learner asked to see the content again. */
  acknowledged: boolean
  /** By the learner's own due date. */
  pastDue: boolean
  /** By the due date without personal extensions. */
  pastDueForAll: boolean
  /** Setting `viewable_past_due`. */
  viewablePastDue: boolean
  hideAfterDue: boolean
  /** The grace period after the due date is set and has not run out. */
  graceActive: boolean
  prerequisites: Prerequisites
  /** The provider refuses content in this browser. */
  blockedByProvider: boolean
}

/** What the caller has to do when this page is chosen. */
export type SelectionEffect =
  /** Create an attempt without proctoring and decline it. */
  | 'decline-attempt'
  /** Tell the world that the learner was offered the exam. */
  | 'option-presented'

export interface Selection { readonly view: ViewName | null, readonly effects: readonly SelectionEffect[] }

type Condition = (facts: ViewFacts) => boolean
type StatusOrNone = AttemptStatus | 'none'

/** One line of a table; the first that fits decides. */
export interface Rule extends Partial<Pick<Selection, 'effects'>> {
  of: readonly StatusOrNone[] | 'any'
  when?: Condition
  view: ViewName | null
}

const CONTENT = null
const incomplete = statusesIn('incomplete')
const refusals = statusesIn('onboarding-refusal')

const inactive: Condition = facts => !facts.accountActive
const pastDue: Condition = facts => facts.pastDue
const resumable: Condition = facts => facts.readyToResume
const blocked: Condition = facts => facts.blockedByProvider
const needs = (state: Prerequisites): Condition => facts => facts.prerequisites === state
/** Personal extensions do not count here: one learner's review waits for all (contract 03 §2.2). */
const viewed: Condition = facts => facts.acknowledged && facts.pastDueForAll && facts.viewablePastDue
const viewedAfterGrace: Condition = facts => viewed(facts) && !facts.graceActive
const revealed: Condition = facts => facts.pastDue && !facts.hideAfterDue && !facts.graceActive

const needsProctoring = (facts: ViewFacts) => facts.family !== 'timed'

/** Any of these true: the exam content, whatever the attempt. */
export const ENTRY_RULES: readonly Condition[] = [
  facts => facts.role !== 'student',
  facts => !facts.examActive,
  facts => needsProctoring(facts) && facts.courseEnded,
  facts => needsProctoring(facts) && !facts.mayTakeProctored,
]

const TIMED: readonly Rule[] = [
  { of: ['none', ...incomplete], when: pastDue, view: 'timed_exam/expired' },
  // Q46: odd statuses before the start must not open the content of an exam whose clock does not run
  { of: ['none', 'eligible', 'created', 'download_software_clicked', 'ready_to_start'], view: 'timed_exam/entrance' },
  { of: ['ready_to_submit'], view: 'timed_exam/ready_to_submit' },
  // Q47: timed_out is a submission
  { of: ['submitted', 'timed_out'], when: revealed, view: CONTENT },
  { of: ['submitted', 'timed_out'], view: 'timed_exam/submitted' },
]

const PROCTORED: readonly Rule[] = [
  { of: ['declined'], view: CONTENT },
  { of: 'any', when: inactive, view: 'proctored_exam/inactive_account' },
  { of: ['none', ...incomplete], when: pastDue, view: 'proctored_exam/expired' },
  { of: ['none'], when: needs('declined'), view: CONTENT, effects: ['decline-attempt'] },
  { of: ['none'], when: needs('failed'), view: 'proctored_exam/failed-prerequisites' },
  { of: ['none'], when: needs('pending'), view: 'proctored_exam/pending-prerequisites' },
  { of: ['none'], view: 'proctored_exam/entrance', effects: ['option-presented'] },
  { of: 'any', when: resumable, view: 'proctored_exam/ready_to_resume' },
  { of: ['started'], when: blocked, view: 'proctored_exam/error_wrong_browser' },
  { of: ['created', 'download_software_clicked'], view: 'proctored_exam/instructions' },
  { of: ['ready_to_start'], view: 'proctored_exam/ready_to_start' },
  { of: ['ready_to_submit'], view: 'proctored_exam/ready_to_submit' },
  { of: ['error'], view: 'proctored_exam/error' },
  { of: ['submitted', 'second_review_required', 'timed_out', 'rejected'], when: viewed, view: CONTENT },
  { of: ['submitted', 'second_review_required', 'timed_out'], view: 'proctored_exam/submitted' },
  { of: ['rejected'], view: 'proctored_exam/rejected' },
  { of: ['verified'], when: viewedAfterGrace, view: CONTENT },
  { of: ['verified'], view: 'proctored_exam/verified' },
  { of: refusals, view: 'proctored_exam/onboarding_error' },
]

const PRACTICE: readonly Rule[] = [
  { of: 'any', when: inactive, view: 'proctored_exam/inactive_account' },
  { of: ['none'], view: 'practice_exam/entrance' },
  { of: 'any', when: resumable, view: 'proctored_exam/ready_to_resume' },
  { of: ['started'], when: blocked, view: 'proctored_exam/error_wrong_browser' },
  { of: ['created', 'download_software_clicked'], view: 'proctored_exam/instructions' },
  { of: ['ready_to_start'], view: 'proctored_exam/ready_to_start' },
  { of: ['ready_to_submit'], view: 'proctored_exam/ready_to_submit' },
  { of: ['submitted'], view: 'practice_exam/submitted' },
  { of: ['error'], view: 'practice_exam/error' },
  // Q46: not begun, so no content yet; and closed attempts get a closing page with "again" where the rules allow it (01 §6.4)
  { of: ['eligible'], view: 'practice_exam/entrance' },
  { of: ['second_review_required', 'rejected', 'timed_out'], view: 'practice_exam/submitted' },
  { of: refusals, view: 'practice_exam/error' },
]

const ONBOARDING: readonly Rule[] = [
  { of: 'any', when: inactive, view: 'proctored_exam/inactive_account' },
  { of: ['none'], when: pastDue, view: 'proctored_exam/expired' },
  { of: ['none'], view: 'onboarding_exam/entrance' },
  { of: 'any', when: resumable, view: 'proctored_exam/ready_to_resume' },
  { of: ['created', 'download_software_clicked'], view: 'proctored_exam/instructions' },
  { of: ['ready_to_start'], view: 'proctored_exam/ready_to_start' },
  { of: ['ready_to_submit'], view: 'onboarding_exam/ready_to_submit' },
  { of: ['error'], view: 'onboarding_exam/error' },
  { of: ['submitted', 'second_review_required'], view: 'onboarding_exam/submitted' },
  { of: ['verified'], view: 'onboarding_exam/verified' },
  { of: ['rejected'], view: 'onboarding_exam/rejected' },
]

/** Contract 03 §2 per family. What no line names is shown as content. */
export const FAMILY_RULES: Readonly<Record<ExamFamily, readonly Rule[]>> = {
  timed: TIMED, proctored: PROCTORED, practice: PRACTICE, onboarding: ONBOARDING,
}
