import { createSecretKey } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { SignJWT } from 'jose'
import type { Test } from 'tap'
import { COURSE } from '../../demo/lms/course.ts'
import { startProduct } from '../helper/product.ts'

const KEY = createSecretKey('demo-only-jwt-secret-0123456789abcdef', 'utf8')
const API = '/api/edx_proctoring/v1/proctored_exam'

export interface Heard { method: string, path: string, status: string | null, result: string }

/** The whole demo over real HTTP, with people who ask and a vendor whose switches can be turned. */
export async function startWalk (t: Test) {
  const { app, url, vendorUrl } = await startProduct(t)
  const staff = personAt(url, { user_id: 900, preferred_username: 'platform', administrator: true })
  const control = async (method: string, path: string, json?: object) => (await send(`${vendorUrl}/control${path}`, method, json)).body
  const exams = (await staff('GET', `${API}/exam/course_id/${COURSE.id}`)).body
  const { id: examId } = exams.find(({ is_proctored: watched, is_practice_exam: practice }: { is_proctored: boolean, is_practice_exam: boolean }) => watched && !practice)

  const undelivered = async () => (await app.effects.list()).filter(({ kind, state }) => kind === 'provider' && state !== 'delivered').map(({ what, state }) => `${what} ${state}`)

  return {
    staff,
    examId: Number(examId),
    control,
    set: (switches: object) => control('PATCH', '/switches', switches),
    learner: (id: number) => personAt(url, { user_id: id, preferred_username: `learner-${id}`, name: `Learner ${id}`, email: `learner-${id}@example.org` }),
    statusOf: async (attemptId: number) => (await app.db.query<{ status: string, code: string, external: string }>(
      { name: 'walk-attempt', text: 'select status, attempt_code as code, external_id as external from attempt where id = $1' }, [attemptId]))[0],
    sessions: async (): Promise<{ id: string, fullName: string, status: string, userId: string }[]> => (await control('GET', '/')).sessions,
    /** What the vendor heard of one attempt, oldest first. */
    heard: async (externalId: string): Promise<Heard[]> => {
      const { calls }: { calls: { direction: string, what: string, sent: string, result: string }[] } = await control('GET', '/')
      return calls.filter(({ direction, what }) => direction === 'in' && what.includes(externalId)).reverse()
        .map(({ what, sent, result }) => ({ method: what.split(' ')[0] ?? '', path: what.split(' ')[1] ?? '', status: sent ? JSON.parse(sent).status : null, result }))
    },
    /** What the vendor's own calls about an attempt were answered, oldest first, as soon as there are so many. */
    told: async (externalId: string, count: number): Promise<string[]> => {
      for (let tries = 0; tries < 100; tries++) {
        const { calls }: { calls: { direction: string, what: string, result: string }[] } = await control('GET', '/')
        const out = calls.filter(({ direction, what }) => direction === 'out' && what.includes(externalId))
        if (out.length >= count) return out.reverse().map(({ what, result }) => `${what.split('/').at(-1)} ${result}`)
        await sleep(50)
      }
      throw new Error(`the vendor has not called ${count} times`)
    },
    /** Lets hours pass until the vendor was told everything; answers what it was not told. */
    later: async () => {
      for (let tries = 0; tries < 20; tries++) {
        await send(`${url}/demo/clock`, 'POST', { advance_seconds: 7200 })
        if ((await undelivered()).length === 0) return []
        await sleep(100)
      }
      return undelivered()
    },
  }
}

export type Walk = Awaited<ReturnType<typeof startWalk>>
export type Ask = ReturnType<typeof personAt>

function personAt (url: string, claims: Record<string, unknown>) {
  const token = new SignJWT({ email: 'a@example.org', is_active: true, administrator: false, course_staff: [], ...claims }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('30d').sign(KEY)
  return async (method: string, path: string, json?: object, headers: Record<string, string> = {}) =>
    send(url + path, method, json, { authorization: `JWT ${await token}`, ...headers })
}

async function send (url: string, method: string, json?: object, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method, redirect: 'manual', headers: { ...headers, ...(json && { 'content-type': 'application/json' }) }, ...(json && { body: JSON.stringify(json) }) })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') && text !== ''
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null }
}

/** A learner enters with proctoring; answers the attempt's id where it was made. */
export async function enter (ask: Ask, examId: number): Promise<{ status: number, id: number, text: string }> {
  const { status, body, text } = await ask('POST', `${API}/attempt`, { exam_id: examId, attempt_proctored: true, start_clock: false })
  return { status, id: body?.exam_attempt_id ?? 0, text }
}

export const act = async (ask: Ask, id: number, action: string) => (await ask('PUT', `${API}/attempt/${id}`, { action })).status
export const remove = async (ask: Ask, id: number) => (await ask('DELETE', `${API}/attempt/${id}`)).status
