import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { listAllowancesOf } from '../../domain/allowance/list.ts'
import { listInProgress } from '../../domain/attempt/in-progress.ts'
import { INV_BAD_REQUEST } from '../../errors.ts'
import { assertSelfOrStaff, getUser } from '../../http/access.ts'
import { readGetBody } from '../../http/get-body.ts'
import { ActiveExamsSchema } from '../../schemas/edx-proctoring.ts'
import { readId } from './fields.ts'
import { PROCTORED_EXAM } from './paths.ts'
import { wireAllowance, wireExam, wireStoredAttempt } from './wire.ts'

const Query = Type.Object({ user_id: Type.Optional(Type.String()), course_id: Type.Optional(Type.String()) })

/** What a learner is working on, with what he is granted there (contract 02 §4.11, Q32). */
const activeExamRoutes: FastifyPluginAsyncTypebox = async app => {
  const { db } = app.domain
  app.get(`${PROCTORED_EXAM}/active_exams_for_user`, {
    config: { permission: 'self-or-staff' },
    schema: {
      tags: ['attempts'], summary: 'The exams I am working on', querystring: Query, response: { 200: ActiveExamsSchema },
      description: 'Staff may name another user. The arguments may also stand in the body, as JSON or a form.',
    },
  }, async request => {
    const asked = { ...request.query, ...await readGetBody(request) }
    const userId = whoseExams(request, asked.user_id)
    const working = await listInProgress(db, userId, readCourse(asked.course_id))
    const allowances = working.length === 0 ? [] : await listAllowancesOf(db, userId, working.map(({ exam }) => exam.id))
    return working.map(seen => ({
      exam: wireExam(seen.exam),
      attempt: wireStoredAttempt(seen),
      allowances: allowances.filter(({ exam }) => exam.id === seen.exam.id).map(wireAllowance),
    }))
  })
}

export default activeExamRoutes

/** One's own, also when one names oneself; anybody else's for staff. */
function whoseExams (request: FastifyRequest, named: unknown): number {
  const isNamed = named !== undefined && named !== null && named !== ''
  const userId = isNamed ? readId(named) : null
  if (isNamed && userId === null) throw new INV_BAD_REQUEST(`Expected user_id to be a whole number, found ${JSON.stringify(named).slice(0, 60)}.`)
  return assertSelfOrStaff(request, userId === getUser(request).userId ? null : userId)
}

function readCourse (named: unknown): string | null {
  if (named === undefined || named === null || named === '') return null
  if (typeof named !== 'string' || named.includes('\0')) throw new INV_BAD_REQUEST('Expected course_id to be the id of a course.')
  return named
}
