import type { DomainContext } from '../context.ts'
import type { Exam } from '../attempt/attempt.ts'

/** The due date in force: the learner's own as the platform knows it, else the exam's. */
export async function dueDateInForce ({ lms, log }: DomainContext, exam: Exam, userId: number | null): Promise<Date | null> {
  try {
    return await lms.dates.getDateForBlock(exam.courseId, exam.contentId, userId) ?? exam.dueDate
  } catch (err) {
    log.warn({ err, examId: exam.id }, 'The date service failed; the exam\'s own due date is used.')
    return exam.dueDate
  }
}

/** When the course ends, null when nobody knows. */
export async function courseEnd ({ lms, log }: DomainContext, courseId: string): Promise<Date | null> {
  try {
    const dates = await lms.dates.getDatesForCourse(courseId)
    return dates.find(({ field }) => field === 'end')?.date ?? null
  } catch (err) {
    log.warn({ err, courseId }, 'The date service failed; the course is taken to have no end.')
    return null
  }
}
