import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Attempt } from 'invigil/client'
import { COURSE } from '../course.ts'
import type { Invigil } from '../invigil.ts'
import { isInstructor, type Person } from '../people.ts'
import { statusLabel } from '../status-labels.ts'
import { PAGE, refusalOf, sendHtml, sendProblem, signedIn, type Lms } from './lms.ts'

const GROUPED = '/api/edx_proctoring/v1/proctored_exam/attempt/grouped/course_id/{course_id}'

export const instructorRoutes = (lms: Lms): FastifyPluginAsyncTypebox => async app => {
  app.get('/demo/instructor', PAGE, signedIn(lms, async (person, _request, reply) => {
    if (!isInstructor(person)) return sendProblem(lms, reply, person, 403, 'This page is for the course\'s instructors. Sign in as one.')
    const data = await listAttempts(lms.invigil, person).then(attempts => ({ attempts }), error => ({ problem: refusalOf(error), attempts: [] }))
    return sendHtml(reply, await lms.renderPage('instructor', { title: 'Exam attempts', person, data }))
  }))
}

async function listAttempts (invigil: Invigil, person: Person) {
  const { data } = await invigil.as(person).api.GET(GROUPED, { params: { path: { course_id: COURSE.id } } })
  return data.proctored_exam_attempts.map(toRow)
}

function toRow ({ user, proctored_exam: exam, status, ...attempt }: Attempt) {
  return {
    username: user.username,
    exam: exam.exam_name,
    provider: exam.is_proctored ? exam.backend : null,
    minutes: attempt.allowed_time_limit_mins,
    started_at: attempt.started_at,
    completed_at: attempt.completed_at,
    status: statusLabel(status),
    status_word: status,
  }
}
