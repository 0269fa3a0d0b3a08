import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { COURSE } from '../course.ts'
import { detailOf, isRecord, type Answer } from '../invigil.ts'
import { isInstructor } from '../people.ts'
import { statusLabel } from '../status-labels.ts'
import { PAGE, sendHtml, sendProblem, signedIn, type Lms } from './lms.ts'

const GROUPED = `/api/edx_proctoring/v1/proctored_exam/attempt/grouped/course_id/${encodeURIComponent(COURSE.id)}`

export const instructorRoutes = (lms: Lms): FastifyPluginAsyncTypebox => async app => {
  app.get('/demo/instructor', PAGE, signedIn(lms, async (person, request, reply) => {
    if (!isInstructor(person)) return sendProblem(lms, reply, person, 403, 'This page is for the course\'s instructors. Sign in as one.')
    const answer = await lms.invigil(person, { method: 'GET', path: GROUPED, language: request.headers['accept-language'] })
    const data = answer.status === 200 ? { attempts: readAttempts(answer) } : { problem: detailOf(answer), attempts: [] }
    return sendHtml(reply, await lms.renderPage('instructor', { title: 'Exam attempts', person, data }))
  }))
}

function readAttempts ({ json }: Answer) {
  const rows = isRecord(json) ? json.proctored_exam_attempts : null
  return Array.isArray(rows) ? rows.filter(isRecord).map(toRow) : []
}

function toRow (attempt: Record<string, unknown>) {
  const user = isRecord(attempt.user) ? attempt.user : {}
  const exam = isRecord(attempt.proctored_exam) ? attempt.proctored_exam : {}
  return {
    username: user.username,
    exam: exam.exam_name,
    provider: exam.is_proctored === true ? exam.backend : null,
    minutes: attempt.allowed_time_limit_mins,
    started_at: attempt.started_at,
    completed_at: attempt.completed_at,
    status: typeof attempt.status === 'string' ? statusLabel(attempt.status) : '',
    status_word: attempt.status,
  }
}
