import type { Test } from 'tap'
import type { FastifyInstance } from 'fastify'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, COURSE, type Person } from './app.ts'
import { startReceiver } from './receiver.ts'

export const STATUS = '/api/edx_proctoring/v1/user_onboarding/status'
export const LIST = `${STATUS}/course_id/${COURSE}`
export const ONBOARDING = 'block-v1:onb'
export const CORA: Person = { id: 202, username: 'cora', courseStaff: [COURSE] }
export const OTTO: Person = { id: 203, username: 'otto', courseStaff: ['course-v1:edX+Other+2030'] }
export const query = (fields: Record<string, string> = {}) => `${STATUS}?${new URLSearchParams({ course_id: COURSE, ...fields })}`

interface Answers { outline?: object | null, enrollments?: object[] | null, knowsPages?: boolean, failing?: boolean }
interface Setup { settings?: object, lms?: boolean, supportsOnboarding?: boolean, enabled?: object }

/** The app between a platform and a vendor that answer what the test says. */
export async function build (t: Test, { settings = {}, lms = true, supportsOnboarding = true, enabled = {} }: Setup = {}) {
  const [platform, vendor] = [await startReceiver(t), await startReceiver(t)]
  const world: { lms: Answers, profiles: { status?: number, json?: unknown } } = { lms: {}, profiles: { json: { results: [] } } }
  platform.answer(({ path, json }) => {
    if (world.lms.failing) return { status: 500 }
    if (path.includes('get_user_course_outline_details')) return { json: { result: world.lms.outline ?? null } }
    if (path.includes('get_enrollments')) return { json: { result: world.lms.enrollments ?? null } }
    if (world.lms.knowsPages && path.endsWith('/enrollments/get_proctored_enrollments_page')) {
      const { offset, limit } = Object(json)
      return { json: { result: { count: world.lms.enrollments?.length ?? 0, results: world.lms.enrollments?.slice(offset, offset + limit) ?? [] } } }
    }
    return { status: 404 }
  })
  vendor.answer(({ path }) => {
    if (path.endsWith('/access_token')) return { json: { access_token: 'token', expires_in: 3600 } }
    if (path.includes('onboarding_statuses')) return world.profiles
    return { json: { id: path.endsWith('/attempt/') ? `pa-${vendor.received.length}` : 'px-1' } }
  })
  const options = { base_url: vendor.url, client_id: 'our-id', client_secret: 'secret-0123456789', help_center_article_url: 'https://help.test', supports_onboarding: supportsOnboarding }
  const app = await buildTestApp(t, {
    config: {
      providers: { default: 'acme', enabled: { acme: { package: '@invigil/rest', options }, mock: { package: '@invigil/mock', options: { ready_after_ms: 60_000 } }, ...enabled } },
      settings: { user_obfuscation_key: 'SHHHHHH', ...settings },
      ...(lms && { lms: { adapter: 'http', services_url: platform.url, learning_mfe_url: 'https://learning.test' } }),
    },
  })
  await app.inject({ method: 'POST', url: '/demo/clock', payload: { freeze: '2030-01-01T00:00:00Z' } })
  for (const person of [ADA, BOB, CORA]) await asPerson(app, person)('GET', `${API}/attempt`)
  const asked = () => vendor.received.map(({ path }) => path).filter(path => path.includes('onboarding_statuses'))
  return { app, world, platform, asked }
}

export const addOnboarding = (app: FastifyInstance, fields: object = {}) => addExam(app, { content_id: ONBOARDING, is_practice_exam: true, ...fields })
export const open = (...contentIds: string[]) => ({ outline: { accessible_sequences: contentIds }, schedule: { sequences: Object.fromEntries(contentIds.map(id => [id, { effective_start: '2029-12-01T00:00:00Z' }])) } })

export async function enter (app: FastifyInstance, exam: number, person: Person = ADA): Promise<number> {
  const { body, text } = await asPerson(app, person)<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: exam, attempt_proctored: 'true' })
  if (!body.exam_attempt_id) throw new Error(text)
  return body.exam_attempt_id
}
export const setStatus = (app: FastifyInstance, attempt: number, status: string, at = '2030-01-01T00:00:00Z') =>
  app.db.query({ name: 'set-status', text: 'update attempt set status = $2, modified_at = $3 where id = $1' }, [attempt, status, at])
