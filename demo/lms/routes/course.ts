import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { COURSE, EXAMS, type DemoExam } from '../course.ts'
import { isRecord } from '../invigil.ts'
import { isInstructor, type Person } from '../people.ts'
import { statusLabel } from '../status-labels.ts'
import { PAGE, sendHtml, sendProblem, signedIn, type Lms } from './lms.ts'

const KINDS = { timed: 'Timed exam', proctored: 'Proctored exam', practice: 'Practice exam' } as const

export const courseRoutes = (lms: Lms): FastifyPluginAsyncTypebox => async app => {
  const showCourse = signedIn(lms, async (person, request, reply) => {
    if (!isThisCourse(request.params)) return sendProblem(lms, reply, person, 404, 'The demo has one course, and this is not it.')
    const exams = await Promise.all(EXAMS.map(exam => summarise(lms, person, exam)))
    return sendHtml(reply, await lms.renderPage('course', { title: COURSE.name, person, data: { exams } }))
  })
  for (const path of ['/demo', '/demo/', '/demo/courses/:course', '/demo/courses/:course/progress', '/demo/course/:course/home']) app.get(path, PAGE, showCourse)
}

/** Paths without a course mean the one there is. */
const isThisCourse = (params: unknown): boolean => !isRecord(params) || params.course === undefined || params.course === COURSE.id

async function summarise ({ invigil }: Lms, person: Person, exam: DemoExam) {
  const status = isInstructor(person) ? null : await attemptStatus(invigil, person, exam)
  return { ...exam, kind_label: KINDS[exam.kind], path: examPath(exam), status: statusLabel(status), is_running: status === 'started' || status === 'ready_to_submit' }
}

/** As the learning front end asks: one call per section. Without an answer the list simply shows no status. */
async function attemptStatus (invigil: Lms['invigil'], person: Person, exam: DemoExam): Promise<string | null> {
  const params = { path: { course_id: COURSE.id }, query: { content_id: exam.contentId } }
  const answer = await invigil.as(person).api.GET('/api/edx_proctoring/v1/proctored_exam/attempt/course_id/{course_id}', { params }).catch(() => null)
  return answer?.data.exam.attempt?.attempt_status ?? null
}

export const examPath = ({ contentId }: Pick<DemoExam, 'contentId'>): string => `/demo/courses/${COURSE.id}/jump_to/${contentId}`
