import type { DomainContext } from '../context.ts'

/** Whom learners of a course write to about proctoring; a platform that fails must not keep them from their exam. */
export async function escalationEmail ({ lms, log }: Pick<DomainContext, 'lms' | 'log'>, courseId: string): Promise<string | null> {
  try {
    return await lms.instructor.getProctoringEscalationEmail(courseId)
  } catch (err) {
    log.warn({ err, courseId }, 'The instructor service failed; learners are shown no address to write to.')
    return null
  }
}
