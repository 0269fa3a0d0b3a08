import t from 'tap'
import type { FastifyInstance } from 'fastify'
import { startVendor } from '../../plugins/rest/test/helper.ts'
import { ADA, addExam, API, asPerson, BOB, buildTestApp, SUE } from '../helper/app.ts'
import { statusOf, takeExam } from '../helper/attempts.ts'
import { installFixtures } from '../provider/host.ts'

interface Seen { name: string, package: string, attributes: { verbose_name: string }, health: { circuit: string, counts: Record<string, number> }, queue: { pending: number, dead: number } }

const callbackOf = (name: string) => ({ client_id: `${name}-vendor`, client_secret: `${name}-secret-0123456789` })
const giveTo = (app: FastifyInstance, examId: number, backend: string) => app.db.query({ name: 't-give', text: 'update exam set backend = $2, external_id = $2 where id = $1' }, [examId, backend])
const look = async (app: FastifyInstance) => {
  const { body } = await asPerson(app, SUE)<{ providers: Seen[] }>('GET', '/api/invigil/v1/providers')
  return (name: string) => body.providers.find(provider => provider.name === name)
}
const signIn = async (app: FastifyInstance, name: string) => {
  const { access_token: token } = (await app.inject({ method: 'POST', url: '/oauth2/access_token', payload: { grant_type: 'client_credentials', ...callbackOf(name) } })).json<{ access_token: string }>()
  return { authorization: `JWT ${token}` }
}

t.test('two instances of one package share nothing: options, circuit, queue, figures, callbacks', async t => {
  const [north, south] = [await startVendor(t), await startVendor(t)]
  for (const [vendor, exam] of [[north, 'north'], [south, 'south']] as const) {
    vendor.on(`POST /api/v1/exam/${exam}/attempt/`, (_received, nth) => ({ json: { id: `shared-${nth}` } }))
    vendor.on(`PATCH /api/v1/exam/${exam}/attempt/shared-1/`, { json: { status: 'ok' } })
  }
  const entry = (name: string, url: string) => ({ package: '@invigil/rest', options: { base_url: url, client_id: `us-at-${name}`, client_secret: `${name}-own-secret-0123456789`, verbose_name: `The ${name}` }, callback: callbackOf(name) })
  const app = await buildTestApp(t, { config: { providers: { default: 'north', enabled: { north: entry('north', north.url), south: entry('south', south.url) } } } })
  const [inNorth, inSouth] = [await addExam(app, { content_id: 'n' }), await addExam(app, { content_id: 's' })]
  await giveTo(app, inNorth, 'north')
  await giveTo(app, inSouth, 'south')

  const ada = await takeExam(app, ADA, inNorth, 'created')
  const bob = await takeExam(app, BOB, inSouth, 'created')
  t.equal(ada.externalId, bob.externalId, 'two vendors may use the same id')
  t.match(north.tokenRequests()[0]?.text, /us-at-north/)
  t.match(south.tokenRequests()[0]?.text, /us-at-south/)
  t.match((await look(app))('south'), { package: '@invigil/rest', attributes: { verbose_name: 'The south' }, health: { counts: { failed: 0 } } })

  const ready = async (name: string, externalId: string) => app.inject({ method: 'POST', url: `${API}/attempt/${externalId}/ready`, headers: await signIn(app, name), payload: { status: 'ready' } })
  t.equal((await ready('north', ada.externalId)).statusCode, 200)
  t.equal(await statusOf(app, ada.id), 'ready_to_start')
  t.equal(await statusOf(app, bob.id), 'created', 'a vendor reaches its own attempts only')

  north.on('POST /api/v1/exam/north/attempt/', { cut: true })
  const learner = (id: number) => asPerson(app, { id, username: `learner-${id}` })
  for (let id = 500; id < 505; id++) t.equal((await learner(id)('POST', `${API}/attempt`, { exam_id: inNorth, attempt_proctored: true })).status, 502)
  t.match(await learner(505)('POST', `${API}/attempt`, { exam_id: inNorth, attempt_proctored: true }), { status: 503, body: { detail: /"north".*failed too often/ } })
  t.equal((await learner(506)('POST', `${API}/attempt`, { exam_id: inSouth, attempt_proctored: true })).status, 200, 'the other instance works')
  const seen = await look(app)
  t.match(seen('north'), { health: { circuit: 'open', counts: { failed: 5, unavailable: 1 } } })
  t.match(seen('south'), { health: { circuit: 'closed', counts: { failed: 0, unavailable: 0 } } })

  await asPerson(app, ADA)('PUT', `${API}/attempt/${ada.id}`, { action: 'start' })
  const after = await look(app)
  t.equal(after('north')?.queue.pending, (seen('north')?.queue.pending ?? 0) + 1, 'what waits for the one')
  t.equal(after('south')?.queue.pending, seen('south')?.queue.pending, 'does not wait for the other')
})

t.test('each instance has its templates and texts', async t => {
  const hostRoot = await installFixtures(t, 'good')
  const app = await buildTestApp(t, { hostRoot, config: { providers: { default: 'east', enabled: { east: { package: '@acme/proctor', options: { greeting: 'hi' } }, west: { package: '@acme/proctor', options: { greeting: 'ho' } } } } } })
  t.ok(app.renderer.has('east', 'page'))
  t.ok(app.renderer.has('west', 'page'))
  t.notOk(app.renderer.has(null, 'page'), 'and the house has not')
})
