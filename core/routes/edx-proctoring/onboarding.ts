import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { wireTime } from '../../db/timestamps.ts'
import { listLearners } from '../../domain/onboarding/course-list.ts'
import { learnerStatus } from '../../domain/onboarding/learner-status.ts'
import type { DomainContext } from '../../domain/context.ts'
import { findUserByName } from '../../domain/remember-user.ts'
import { INV_BAD_REQUEST, INV_NO_ONBOARDING_PROFILES, INV_USER_NOT_FOUND } from '../../errors.ts'
import { assertCourseStaff, assertSelfOrCourseStaff, getUser } from '../../http/access.ts'
import { inBareText } from '../../http/wire-answer.ts'
import { CourseParam, OnboardingListSchema, OnboardingStatusSchema } from '../../schemas/edx-proctoring.ts'
import { readInteger } from './fields.ts'
import { encodeSegment } from './paths.ts'
import { callOptions } from './requests.ts'

const STATUS_PATH = '/api/edx_proctoring/v1/user_onboarding/status'
const MFE_WORDS = ['1', 'true', 'True']

const Text = Type.Optional(Type.String({ maxLength: 255, pattern: '^[^\\u0000]*$' }))

const StatusQuery = Type.Object({ course_id: Text, username: Text, is_learning_mfe: Text })
const ListQuery = Type.Object({
  page: Type.Optional(Type.String({ description: 'from 1; one that is not there means the last' })),
  text_search: Text,
  statuses: Type.Optional(Type.String({ description: 'words with commas between' })),
})

/** How learners stand with onboarding (contract 02 §7). */
const onboardingRoutes: FastifyPluginAsyncTypebox = async app => {
  const { domain } = app

  app.get(STATUS_PATH, {
    config: { permission: 'self-or-course-staff', refuses: ['INV_USER_NOT_FOUND', 'INV_NO_ONBOARDING_PROFILES'] },
    schema: { tags: ['onboarding'], summary: 'My onboarding in a course', querystring: StatusQuery, response: { 200: OnboardingStatusSchema } },
  }, async request => {
    const { course_id: courseId, username, is_learning_mfe: mfe = '' } = request.query
    if (!courseId) throw new INV_BAD_REQUEST('Expected course_id in the query.')
    const userId = await findLearner(domain, request, username, courseId)
    const status = await learnerStatus(domain, { courseId, userId, mfe: MFE_WORDS.includes(mfe), call: callOptions(request) }).catch(tellMissingProfiles)
    const { expiresAt, releasedAt } = status
    return {
      onboarding_status: status.status,
      onboarding_link: status.link,
      expiration_date: expiresAt instanceof Date ? wireTime(expiresAt) : expiresAt,
      onboarding_past_due: status.pastDue,
      onboarding_release_date: releasedAt && withOffset(releasedAt),
      review_requirements_url: status.requirementsUrl,
    }
  })

  app.get(`${STATUS_PATH}/course_id/:course_id`, {
    config: { permission: 'course-staff', refuses: ['INV_NO_ONBOARDING_PROFILES', 'INV_ONBOARDING_UNAVAILABLE'] },
    schema: { tags: ['onboarding'], summary: 'Onboarding of a course\'s learners', params: Type.Object({ course_id: CourseParam }), querystring: ListQuery, response: { 200: OnboardingListSchema } },
  }, async request => {
    const { course_id: courseId } = request.params
    await assertCourseStaff(request, courseId)
    const { text_search: search = '', statuses = '' } = request.query
    const found = await listLearners(domain, { courseId, search: search || null, statuses: readStatuses(statuses), page: readInteger(request.query.page) ?? 1, call: callOptions(request) })
    const linkTo = (page: number) => pageLink(courseId, { text_search: search, statuses, page: String(page) })
    return {
      count: found.count,
      previous: found.page > 1 ? linkTo(found.page - 1) : null,
      next: found.page < found.pages ? linkTo(found.page + 1) : null,
      num_pages: found.pages,
      results: found.learners.map(({ username, mode, status, modifiedAt }) => ({ username, enrollment_mode: mode, status, modified: wireTime(modifiedAt) })),
      use_onboarding_profile_api: found.fromVendor,
    }
  })
}

export default onboardingRoutes

/** The caller himself, or a learner whom staff of the course names. */
async function findLearner ({ db }: DomainContext, request: FastifyRequest, username: string | undefined, courseId: string): Promise<number> {
  const named = await assertSelfOrCourseStaff(request, username, courseId)
  const caller = getUser(request)
  if (named === caller.username) return caller.userId
  const user = await findUserByName(db, named)
  if (!user) throw new INV_USER_NOT_FOUND(named)
  return user.id
}

/** The old wire says this one as a bare text. */
function tellMissingProfiles (error: unknown): never {
  throw error instanceof INV_NO_ONBOARDING_PROFILES ? inBareText(error) : error
}

/** An empty filter is none (Q38). */
function readStatuses (text: string): string[] | null {
  const words = text.split(',').map(word => word.trim()).filter(word => word !== '')
  return words.length > 0 ? words : null
}

/** Only what was asked for comes back, in this order. */
function pageLink (courseId: string, fields: Record<string, string>): string {
  const query = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== ''))
  return `${STATUS_PATH}/course_id/${encodeSegment(courseId)}?${query}`
}

/** The one date on this wire that is not written with `Z` (Q38). */
const withOffset = (date: Date): string => wireTime(date).replace('Z', '+00:00')
