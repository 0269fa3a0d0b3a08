import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Readable } from 'node:stream'
import { remarkStatuses, violationPage, violationRecords } from '../../domain/review/violation-report.ts'
import { assertCourseStaff } from '../../http/access.ts'
import { violationOnWire, ViolationSchema, violationTable } from '../../schemas/violations.ts'

const QuerySchema = Type.Object({
  reviews: Type.Enum(['graded', 'practice', 'all'], { default: 'graded', description: 'whose reviews are attached; all attempts are listed in any case' }),
  after: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'the `next` of the page before' })),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
})
const AnswerSchema = Type.Object({ violations: Type.Array(ViolationSchema), next: Type.Union([Type.Integer(), Type.Null()]) })
/** Sent as it is made, so it is never one text. */
const TableSchema = Type.Unsafe<Readable>(Type.String())

/** A vendor may invent as many statuses of remarks as it likes; a table has this many columns for them. */
const MAX_REMARK_COLUMNS = 100

/** What a course's attempts came to, with the remarks of their reviews (contract 01 §10). */
const violationRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/courses/:course_id/violations', {
    config: { permission: 'course-staff' },
    schema: {
      tags: ['native'],
      summary: 'The violation report of a course; with Accept: text/csv the whole of it as a table',
      params: Type.Object({ course_id: Type.String() }),
      querystring: QuerySchema,
      response: { 200: { content: { 'application/json': { schema: AnswerSchema }, 'text/csv': { schema: TableSchema } } } },
    },
  }, async (request, reply) => {
    const { course_id: courseId } = request.params
    const { reviews: reviewsOf, after, limit } = request.query
    await assertCourseStaff(request, courseId)
    reply.header('vary', 'Accept')
    if (request.headers.accept?.includes('text/csv')) {
      const statuses = await remarkStatuses(app.db, courseId, MAX_REMARK_COLUMNS)
      const table = Readable.from(violationTable(violationRecords(app.db, { courseId, reviewsOf }), statuses))
      return reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${fileName(courseId)}"`).send(table)
    }
    const records = await violationPage(app.db, { courseId, reviewsOf, after, limit })
    return { violations: records.map(violationOnWire), next: records.length === limit ? records.at(-1)?.attemptId ?? null : null }
  })
}

export default violationRoutes

const fileName = (courseId: string): string => `violations-${courseId.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}.csv`
