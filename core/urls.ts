import type { Config } from './config/schema.ts'
import type { DomainContext } from './domain/context.ts'

const LAUNCH_PATH = '/api/edx_proctoring/proctoring_launch_callback/start_exam'
const INSTRUCTOR_PATH = '/api/edx_proctoring/v1/instructor'

/** Addresses that others are told. */
export function createUrls ({ server, lms }: Pick<Config, 'server' | 'lms'>): DomainContext['urls'] {
  const lmsRoot = new URL(lms.root_url)
  const scheme = lmsRoot.protocol
  const platformPath = lmsRoot.pathname.replace(/\/$/, '')
  return {
    lmsHost: `${scheme}//${lms.site_name}`,
    launch: attemptCode => `${scheme}//${lms.site_name}${LAUNCH_PATH}/${attemptCode}`,
    worker: ({ worker }) => worker ? new URL(worker.path, server.public_url).href : '',
    jumpTo: (courseId, contentId) => `${platformPath}/courses/${courseId}/jump_to/${contentId}`,
    progress: courseId => `${platformPath}/courses/${courseId}/progress`,
    passwordAssistance: `${lms.root_url.replace(/\/$/, '')}/password_assistance`,
    instructorDashboard: (courseId, examId, attemptExternalId) =>
      `${scheme}//${lms.site_name}${INSTRUCTOR_PATH}/${courseId}/${examId}?attempt=${encodeURIComponent(attemptExternalId ?? '')}`,
  }
}
