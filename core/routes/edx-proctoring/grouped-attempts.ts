import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type, type Static } from 'typebox'
import { listAttemptGroups } from '../../domain/attempt/groups.ts'
import { assertCourseStaff } from '../../http/access.ts'
import { CourseParam, GroupedAttemptsSchema } from '../../schemas/edx-proctoring.ts'
import { ATTEMPT_PATH } from './attempt-data.ts'
import { readInteger } from './fields.ts'
import { encodeSegment } from './paths.ts'
import { wireStoredAttempt } from './wire.ts'

const Query = Type.Object({ page: Type.Optional(Type.String({ description: 'from 1; one that is not there means the last' })) })
const SearchText = Type.String({ minLength: 1, description: 'a part of a user name or e-mail address' })
const GROUPED_PATH = `${ATTEMPT_PATH}/grouped/course_id`

/** What instructors see of a course: per learner and exam the present attempt, with all there were (contract 02 §4.9). */
const groupedAttemptRoutes: FastifyPluginAsyncTypebox = async app => {
  const { db } = app.domain

  app.get(`${GROUPED_PATH}/:course_id`, {
    config: { permission: 'course-staff' },
    schema: { tags: ['instructors'], summary: 'Attempts of a course', params: Type.Object({ course_id: CourseParam }), querystring: Query, response: { 200: GroupedAttemptsSchema } },
  }, async request => {
    const { course_id: courseId } = request.params
    await assertCourseStaff(request, courseId)
    return page(courseId, request.query.page, null)
  })

  app.get(`${GROUPED_PATH}/:course_id/search/:text`, {
    config: { permission: 'course-staff' },
    schema: {
      tags: ['instructors'], summary: 'Attempts of some learners of a course', params: Type.Object({ course_id: CourseParam, text: SearchText }), querystring: Query,
      response: { 200: GroupedAttemptsSchema },
    },
  }, async request => {
    const { course_id: courseId, text } = request.params
    await assertCourseStaff(request, courseId)
    return page(courseId, request.query.page, text)
  })

  async function page (courseId: string, asked: string | undefined, search: string | null): Promise<Static<typeof GroupedAttemptsSchema>> {
    const found = await listAttemptGroups(db, { courseId, search, page: readPage(asked) })
    return {
      proctored_exam_attempts: found.groups.map(({ head, all }) => ({ ...wireStoredAttempt(head), all_attempts: all.map(wireStoredAttempt) })),
      pagination_info: { has_previous: found.page > 1, has_next: found.page < found.pages, current_page: found.page, total_pages: found.pages },
      attempt_url: `${GROUPED_PATH}/${encodeSegment(courseId)}${search === null ? '' : `/search/${encodeSegment(search)}`}`,
    }
  }
}

export default groupedAttemptRoutes

const MAX_PAGE = 1_000_000

/** What is no number is the first page; what is out of range is for the query to bring back. */
function readPage (asked: string | undefined): number {
  const page = readInteger(asked) ?? 1
  return Math.min(Math.max(page, 0), MAX_PAGE)
}
