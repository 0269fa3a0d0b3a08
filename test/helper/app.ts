import { createSecretKey } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { SignJWT } from 'jose'
import { buildApp, type AppOptions } from '../../core/app.ts'
import { buildConfig } from '../../core/config/load.ts'
import { createTestDatabase, type TestScope } from './database.ts'
import { assertStated, watchRefusals } from './watch-refusals.ts'

export const SECRET = 'test-secret-0123456789-0123456789'

/** A configuration for tests: mock as the default provider, a demo clock, nothing sent anywhere. Deep parts are replaced whole. */
const BASE = {
  server: { log_level: 'silent' },
  data_dir: '.data/test',
  auth: { jwt: { secret: SECRET } },
  providers: {
    default: 'mock',
    enabled: {
      mock: { package: '@invigil/mock', options: { ready_after_ms: 60_000 }, callback: { client_id: 'mock-vendor', client_secret: 'mock-secret-0123456789' } },
      null: { package: '@invigil/null' },
    },
  },
  settings: { user_obfuscation_key: 'SHHHHHH' },
  demo: { enabled: true, clock: true },
}

export type ConfigTree = Record<string, unknown>

export interface TestAppOptions extends Partial<Pick<AppOptions, 'deliver' | 'newAttemptCode' | 'hostRoot' | 'trial'>> {
  config?: ConfigTree
  /** A database that has served another app before. */
  databaseUrl?: string
}

/** The real app on a database of its own; effects leave when `drain` says so. */
export async function buildTestApp (t: TestScope, { config = {}, deliver = false, databaseUrl, ...options }: TestAppOptions = {}): Promise<FastifyInstance> {
  const url = databaseUrl ?? (await createTestDatabase(t)).url
  const built = buildConfig({ ...BASE, ...config }, {})
  if (!built.config) throw new Error(built.faults.map(fault => JSON.stringify(fault)).join('\n'))
  const { config: complete } = built
  const { app, unexpected } = await watchRefusals(() => buildApp({ config: complete, databaseUrl: url, deliver, ...options }))
  t.teardown(async () => {
    await app.close()
    assertStated(unexpected)
  })
  await app.ready()
  return app
}

export interface Person {
  id: number
  username: string
  email?: string
  name?: string
  staff?: boolean
  active?: boolean
  courseStaff?: string[]
  groups?: string[]
  permissions?: string[]
}

export const ADA: Person = { id: 101, username: 'ada', email: 'ada@example.com', name: 'Ada Lovelace' }
export const BOB: Person = { id: 102, username: 'bob', email: 'bob@example.com', name: 'Bob Babbage' }
export const SUE: Person = { id: 201, username: 'sue', email: 'sue@example.com', name: 'Sue Staff', staff: true }

export function tokenFor ({ id, username, email = `${username}@example.com`, name = '', staff = false, active = true, courseStaff = [], groups = [], permissions }: Person, claims: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT({ user_id: id, preferred_username: username, email, name, administrator: staff, is_active: active, course_staff: courseStaff, groups, ...(permissions && { permissions }), ...claims })
    .setProtectedHeader({ alg: 'HS256' }).setIssuedAt().setExpirationTime('1h').sign(createSecretKey(SECRET, 'utf8'))
}

export interface Answer<Body> { status: number, body: Body, headers: Record<string, unknown>, text: string }

/** Asks the app as a person; the body goes as JSON. */
export function asPerson (app: FastifyInstance, person: Person | null) {
  return async function ask<Body = Record<string, unknown>> (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: object, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    const authorization = person ? { authorization: `JWT ${await tokenFor(person)}` } : {}
    const response = await app.inject({ method, url, headers: { ...authorization, ...headers }, ...(body && { payload: body }) })
    const isJson = String(response.headers['content-type'] ?? '').includes('json')
    return { status: response.statusCode, body: isJson && response.body ? response.json<Body>() : response.body as Body, headers: response.headers, text: response.body }
  }
}

export const COURSE = 'course-v1:edX+Demo+2030'
export const API = '/api/edx_proctoring/v1/proctored_exam'

export interface ExamFields { course_id?: string, content_id?: string, exam_name?: string, time_limit_mins?: number, is_proctored?: boolean, is_practice_exam?: boolean, is_active?: boolean }

export async function addExam (app: FastifyInstance, fields: ExamFields = {}): Promise<number> {
  const { body, status, text } = await asPerson(app, SUE)<{ exam_id: number }>('POST', `${API}/exam`, {
    course_id: COURSE, content_id: 'block-v1:mid', exam_name: 'Midterm', external_id: 'px-1', time_limit_mins: 90, is_proctored: true, is_practice_exam: false, is_active: true, hide_after_due: false, ...fields,
  })
  if (status !== 200) throw new Error(`exam not created: ${text}`)
  return body.exam_id
}
