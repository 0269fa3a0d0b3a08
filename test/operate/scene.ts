import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import { addExam, ADA, asPerson, buildTestApp, SUE, tokenFor, type Person } from '../helper/app.ts'
import { takeExam } from '../helper/attempts.ts'

/** A vendor that answers every request with a failure. */
export async function startBrokenVendor (t: Test): Promise<string> {
  const server: Server = createServer((_request, response) => { response.writeHead(500).end('<script>alert(1)</script> out of order') })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => { server.closeAllConnections(); server.close() })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a listening TCP server has such an address
}

const MOCK = { package: '@invigil/mock', options: { ready_after_ms: 60_000 } }

/** Three in the morning: one vendor is down and things were given up for it, one could not be loaded, one is retired, one is gone from the file. */
export async function buildBadNight (t: Test, { databaseUrl, server = {} }: { databaseUrl?: string, server?: object } = {}): Promise<FastifyInstance> {
  const vendor = await startBrokenVendor(t)
  const enabled = {
    mock: { ...MOCK, organizations: ['edX'] },
    acme: { package: '@invigil/rest', options: { base_url: vendor, client_id: 'us', client_secret: 'acme-secret-0123456789', verbose_name: 'Acme Proctoring' } },
    broken: { package: '@invigil/not-there', on_boot_failure: 'disable' },
    old: { retired: true, options: { verbose_name: 'The vendor before' } },
  }
  const app = await buildTestApp(t, { config: { providers: { default: 'mock', enabled }, server: { log_level: 'silent', ...server } }, ...(databaseUrl !== undefined && { databaseUrl }) })
  await takeExam(app, ADA, await addExam(app), 'started')
  const exams = await Promise.all(['a', 'b', 'c'].map(content => addExam(app, { content_id: content })))
  await app.db.query({ name: 't-give', text: "update exam set backend = case id when $1 then 'acme' when $2 then 'old' when $3 then 'gone' else backend end" }, exams)
  await app.effects.drain()
  for (const n of [1, 2]) await addDead(app, `attempt:${n}|provider:acme`, 'provider', { provider: 'acme', method: 'startAttempt', examExternalId: 'x', attemptExternalId: 'y' })
  await addDead(app, 'attempt:1|lms', 'lms', { service: 'grades', method: 'override', args: {} })
  for (let id = 500; id < 505; id++) await asPerson(app, { id, username: `learner-${id}` })('POST', '/api/edx_proctoring/v1/proctored_exam/attempt', { exam_id: exams[0], attempt_proctored: true })
  return app
}

export async function addDead (app: FastifyInstance, stream: string, kind: string, payload: object): Promise<number> {
  const [row] = await app.db.query<{ id: number }>({
    name: 't-dead',
    text: `insert into effect (subject, stream, kind, payload, idempotency_key, created_at, due_at, state, tries, last_error)
      values (split_part($1, '|', 1), $1, $2, $3, gen_random_uuid(), now(), now(), 'dead', 17, 'The vendor answered 500 <b>out of order</b>') returning id::float8 as id`,
  }, [stream, kind, JSON.stringify(payload)])
  return row?.id ?? 0
}

/** The platform's cookies, as a browser would send them. */
export async function cookiesOf (person: Person, more: Record<string, string> = {}): Promise<string> {
  const [header, payload, signature] = (await tokenFor(person)).split('.')
  const cookies = { 'edx-jwt-cookie-header-payload': `${header}.${payload}`, 'edx-jwt-cookie-signature': signature, ...more }
  return Object.entries(cookies).map(([name, value]) => `${name}=${value}`).join('; ')
}

export const STAFF = SUE
