import type { FastifyInstance } from 'fastify'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, COURSE, SUE, tokenFor, type Person, type TestAppOptions } from '../../helper/app.ts'
import type { TestScope } from '../../helper/database.ts'

/** Everybody who may knock at a door. The attempt of a scene is Ada's, its provider is mock. */
export const ROLES = ['stranger', 'learner', 'other learner', 'course staff', 'staff of another course', 'staff', 'vendor', 'another vendor', 'reviewer'] as const
export type Role = typeof ROLES[number]
export type Headers = Record<string, string>

const PEOPLE: Partial<Record<Role, Person>> = {
  learner: ADA,
  'other learner': BOB,
  'course staff': { id: 202, username: 'tom', courseStaff: [COURSE] },
  'staff of another course': { id: 203, username: 'tina', courseStaff: ['course-v1:edX+Other+2030'] },
  staff: SUE,
  reviewer: { id: 204, username: 'rita', groups: ['mock_review'] },
}
const VENDORS: Partial<Record<Role, { client_id: string, client_secret: string }>> = {
  vendor: { client_id: 'mock-vendor', client_secret: 'mock-secret-0123456789' },
  'another vendor': { client_id: 'globex-vendor', client_secret: 'globex-secret-0123456789' },
}

/** Two vendors of the same kind, the one whose reviews come unsigned, and one that knows onboarding and has a dashboard. */
export const PROVIDERS = {
  default: 'mock',
  enabled: {
    mock: { package: '@invigil/mock', options: { ready_after_ms: 60_000 }, callback: VENDORS.vendor },
    globex: { package: '@invigil/mock', callback: VENDORS['another vendor'] },
    software_secure: { package: '@invigil/mock', options: { ready_after_ms: 60_000 } },
    acme: { package: '@invigil/rest', options: { base_url: 'https://acme.test', client_id: 'our-id', client_secret: 'secret-0123456789' } },
    null: { package: '@invigil/null' },
  },
}

export interface House { app: FastifyInstance, headers: Record<Role, Headers> }

/** What requests are about: an exam, and Ada's attempt at it. */
export interface Scene extends House { examId: number, contentId: string, attemptId: number, externalId: string, attemptCode: string, effectId: number }

export const SETTINGS = { user_obfuscation_key: 'SHHHHHH', viewable_past_due: true }

export async function openHouse (t: TestScope, { config, ...options }: TestAppOptions = {}): Promise<House> {
  const app = await buildTestApp(t, { ...options, config: { providers: PROVIDERS, settings: SETTINGS, ...config } })
  const entries = await Promise.all(ROLES.map(async role => [role, await headersOf(app, role)] as const))
  const headers = Object.fromEntries(entries) as Record<Role, Headers> // one entry per role
  // people become known by their first request; from here on nobody is new
  for (const role of ROLES) await app.inject({ url: '/api/edx_proctoring/v1/proctored_exam/exam', headers: headers[role] })
  return { app, headers }
}

async function headersOf (app: FastifyInstance, role: Role): Promise<Headers> {
  const [person, vendor] = [PEOPLE[role], VENDORS[role]]
  if (person) return { authorization: `JWT ${await tokenFor(person)}` }
  if (!vendor) return {}
  const { access_token: token } = (await app.inject({ method: 'POST', url: '/oauth2/access_token', payload: { grant_type: 'client_credentials', ...vendor } })).json<{ access_token: string }>()
  return { authorization: `JWT ${token}` }
}

/** All but people; what hangs on exams goes with them. */
const CLEAR = {
  name: 'test-clear',
  text: 'with a as (delete from exam), b as (delete from history), c as (delete from effect) delete from graphile_worker._private_jobs',
}

/** Makes room, so that the hundredth scene is as fast as the first. */
export async function clearStage ({ app }: House): Promise<void> {
  await app.db.query(CLEAR, [])
}

let scenes = 0

/** A new exam, and a new attempt of Ada at it that waits for the vendor. */
export async function setScene (house: House): Promise<Scene> {
  const contentId = `block-v1:scene-${++scenes}-`
  const examId = await addExam(house.app, { content_id: contentId })
  const ada = asPerson(house.app, ADA)
  const { body: { exam_attempt_id: attemptId } } = await ada<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: examId, attempt_proctored: true })
  const { body: attempt } = await ada<{ external_id: string, attempt_code: string }>('GET', `${API}/attempt/${attemptId}`)
  const [effect] = await house.app.effects.list({ limit: 1 })
  return { ...house, examId, contentId, attemptId, externalId: attempt.external_id, attemptCode: attempt.attempt_code, effectId: effect?.id ?? 0 }
}

const MOVE = { name: 'test-move', text: 'with moved as (update exam set backend = $1 where content_id like $2 || \'%\' returning id) update attempt set provider = $1 from moved where exam_id = moved.id' }

/** Gives a scene's exams and attempts to another provider; the wire has no way to. */
export async function moveTo ({ app, contentId }: Scene, provider: string | null): Promise<void> {
  await app.db.query(MOVE, [provider, contentId])
}
