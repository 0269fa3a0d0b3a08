/** Facts as the host hands them over. */
export const exam = {
  id: 1,
  courseId: 'c',
  contentId: 'x',
  externalId: null,
  examName: 'good',
  timeLimitMins: 90,
  isProctored: true,
  isPracticeExam: false,
  isActive: true,
  dueDate: null,
  hideAfterDue: false,
  backend: null,
}

export const registration = { attemptCode: 'A', timeLimitMins: 90, isSampleAttempt: false, userId: 'u', fullName: 'A B', email: null, lmsHost: 'https://lms', launchUrl: 'https://lms/x' }

export const attempt = {
  id: 7,
  attemptCode: 'A',
  externalId: 'vendor-7',
  status: 'created',
  isSampleAttempt: false,
  takingAsProctored: true,
  startedAt: null,
  completedAt: null,
  allowedTimeLimitMins: 90,
  exam,
  isArchived: false,
}

export const ids = { examExternalId: 'exam-1', attemptExternalId: 'vendor-7' }
