import { organisationOf } from '../../course-key.ts'
import type { EventEffect } from '../effect.ts'
import type { Exam } from '../attempt/attempt.ts'

/** How analytics names an exam's type (contract 01 §2, last column). */
export function examTypeWord ({ isProctored, isPracticeExam }: Pick<Exam, 'isProctored' | 'isPracticeExam'>): 'timed' | 'practice' | 'proctored' {
  if (!isProctored) return 'timed'
  return isPracticeExam ? 'practice' : 'proctored'
}

/** The analytics event about an exam: `edx.special_exam.{type}.{verb}`. */
export function examEvent (exam: Exam, verb: string, extra: Record<string, unknown> = {}): EventEffect {
  return {
    kind: 'event',
    subject: `exam:${exam.id}`,
    name: `edx.special_exam.${examTypeWord(exam)}.${verb}`,
    context: examContext(exam),
    payload: { ...examPayload(exam), ...extra },
  }
}

export function examPayload (exam: Exam): Record<string, unknown> {
  return {
    exam_id: exam.id,
    exam_content_id: exam.contentId,
    exam_name: exam.examName,
    exam_default_time_limit_mins: exam.timeLimitMins,
    exam_is_proctored: exam.isProctored,
    exam_is_practice_exam: exam.isPracticeExam,
    exam_is_active: exam.isActive,
  }
}

export function examContext ({ courseId }: Pick<Exam, 'courseId'>): Record<string, unknown> {
  const org = organisationOf(courseId)
  return org === null ? { course_id: courseId } : { course_id: courseId, org_id: org }
}
