import type { InstructorUrlQuery, RegistrationContext, SavedExam } from 'invigil/provider'

/** Bodies as vendors know them: snake_case, exactly these fields. */

export function examBody (exam: SavedExam, defaultRules: object | null) {
  return {
    id: exam.id,
    course_id: exam.courseId,
    content_id: exam.contentId,
    external_id: exam.externalId,
    exam_name: exam.examName,
    time_limit_mins: exam.timeLimitMins,
    is_proctored: exam.isProctored,
    is_practice_exam: exam.isPracticeExam,
    is_active: exam.isActive,
    due_date: exam.dueDate,
    hide_after_due: exam.hideAfterDue,
    backend: exam.backend,
    ...(exam.ruleSummary !== undefined && { rule_summary: exam.ruleSummary }),
    ...(defaultRules && { rules: defaultRules }),
  }
}

/** The attempt code is left out: whoever knows it can act for the learner. */
export function registrationBody (context: RegistrationContext) {
  return {
    lms_host: context.lmsHost,
    time_limit_mins: context.timeLimitMins,
    is_sample_attempt: context.isSampleAttempt,
    user_id: context.userId,
    full_name: context.fullName,
    email: context.email,
    ...(context.reviewPolicy !== undefined && { review_policy: context.reviewPolicy }),
    ...(context.reviewPolicyException !== undefined && { review_policy_exception: context.reviewPolicyException }),
    status: 'created',
  }
}

export function instructorClaims ({ courseId, user, examExternalId, attemptExternalId, configuration }: InstructorUrlQuery) {
  return {
    course_id: courseId,
    user: { id: user.id, full_name: user.fullName, email: user.email },
    ...(examExternalId && {
      exam_id: examExternalId,
      ...(configuration && { config: true }),
      ...(attemptExternalId && { attempt_id: attemptExternalId }),
    }),
  }
}
