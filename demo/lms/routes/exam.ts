import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { COURSE, findExam, viewContextOf, type DemoExam } from '../course.ts'
import { isInstructor, type Person } from '../people.ts'
import { examPath } from './course.ts'
import { PAGE, sendHtml, sendProblem, signedIn, type Lms } from './lms.ts'

const Place = Type.Object({ course: Type.String(), content: Type.String() })
const SCHEMA = { hide: true, params: Place }

export const examRoutes = (lms: Lms): FastifyPluginAsyncTypebox => async app => {
  app.get('/demo/courses/:course/jump_to/:content', { ...PAGE, schema: SCHEMA }, async (request, reply) => signedIn(lms, async person => {
    const exam = findExam(request.params.course, request.params.content)
    if (!exam) return sendProblem(lms, reply, person, 404, 'This course has no such section.')
    const shown = await askForView(lms, person, exam, request.headers['accept-language'])
    const { html = null, view = null } = shown.show === 'page' ? shown : {}
    const data = { exam, html, answers_key: `invigil-demo-answers:${person.username}:${exam.contentId}`, view }
    return sendHtml(reply, await lms.renderPage('exam', { title: exam.name, person, data }))
  })(request, reply))

  // Where the learning front end would be.
  app.get('/demo/course/:course/:content', { ...PAGE, schema: SCHEMA }, async (request, reply) => {
    const exam = findExam(request.params.course, request.params.content)
    return exam ? reply.redirect(examPath(exam), 303) : sendProblem(lms, reply, null, 404, 'This course has no such section.')
  })
}

/** The one question an LMS asks before it shows a section: show this page instead, or show the content. */
function askForView ({ invigil }: Lms, person: Person, exam: DemoExam, language: string | undefined) {
  const viewer = { course_id: COURSE.id, content_id: exam.contentId, role: isInstructor(person) ? 'staff' : 'student', context: viewContextOf(exam) }
  return invigil.as(person).studentView(viewer, language === undefined ? {} : { headers: { 'accept-language': language } })
}
