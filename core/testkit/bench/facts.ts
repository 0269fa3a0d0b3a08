import { randomUUID } from 'node:crypto'
import type { AttemptFacts, ExamFacts, RegistrationContext } from '../../provider/contract.ts'

/** Facts as the host hands them to a provider. */

export const examFacts = (changes: Partial<ExamFacts> = {}): ExamFacts => ({
  id: 7,
  courseId: 'course-v1:Invigil+Conformance+2030',
  contentId: 'block-v1:Invigil+Conformance+2030+type@sequential+block@final',
  externalId: null,
  examName: 'Final exam',
  timeLimitMins: 90,
  isProctored: true,
  isPracticeExam: false,
  isActive: true,
  dueDate: null,
  hideAfterDue: false,
  backend: null,
  ...changes,
})

export const registrationFacts = (changes: Partial<RegistrationContext> = {}): RegistrationContext => {
  const attemptCode = randomUUID().toUpperCase()
  return {
    attemptCode,
    timeLimitMins: 90,
    isSampleAttempt: false,
    userId: 'c0ffee'.repeat(6) + 'cafe',
    fullName: 'Ada Lovelace',
    email: 'ada@learner.example',
    lmsHost: 'https://lms.example',
    launchUrl: `https://lms.example/api/edx_proctoring/proctoring_launch_callback/start_exam/${attemptCode}`,
    defaultReviewPolicy: 'Closed Book',
    ...changes,
  }
}

export const attemptFacts = (changes: Partial<AttemptFacts> = {}): AttemptFacts => ({
  id: 41,
  attemptCode: 'D5A1B3F0-0000-4000-8000-000000000001',
  externalId: null,
  status: 'created',
  isSampleAttempt: false,
  takingAsProctored: true,
  startedAt: null,
  completedAt: null,
  allowedTimeLimitMins: 90,
  exam: examFacts(),
  isArchived: false,
  ...changes,
})

/** Learners' names as they are, and as nobody thinks they are. */
export const NAMES: readonly string[] = [
  'Zoë Łukasiewicz-Ångström', '李小龍', 'محمد عبد الله', 'नरेन्द्र शर्मा', "Siobhán O'Brien \"Shiv\"", '🎓 Graduate', 'X', '', '<b>Bobby</b>; DROP TABLE students',
  'Wolfeschlegelsteinhausenbergerdorff '.repeat(7).trim(), 'e\u0301'.repeat(120),
]
