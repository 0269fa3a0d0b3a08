import { createHmac, randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import t from 'tap'
import { InvalidWebhookError, verifyWebhook, type InvigilEvent, type WebhookDelivery, type WebhookFault } from '../../core/client/index.ts'
import { ADA, addExam, asPerson, buildTestApp, API } from '../helper/app.ts'
import { takeExam } from '../helper/attempts.ts'
import { serve } from './helper.ts'

const SECRET = `whsec_${randomBytes(32).toString('base64')}`
const BODY = JSON.stringify({ specversion: '1.0', id: 'e1', type: 'invigil.attempt.status', data: { status: 'created' } })
const NOW = new Date('2030-01-01T12:00:00Z')

/** Signs by the specification's own words, not with the code under test. */
function delivery ({ body = BODY, secret = SECRET, at = NOW, id = 'msg_1' } = {}): WebhookDelivery {
  const seconds = String(at.getTime() / 1000)
  const signature = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(`${id}.${seconds}.${body}`).digest('base64')
  return { headers: { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` }, body, secret: SECRET, now: NOW }
}

function faultOf (given: WebhookDelivery): WebhookFault | null {
  try {
    verifyWebhook(given)
    return null
  } catch (error) {
    if (error instanceof InvalidWebhookError) return error.fault
    throw error
  }
}

t.test('every event that the service sends is accepted as it arrives, and as nothing else', async t => {
  const received: { headers: IncomingHttpHeaders, body: Buffer }[] = []
  const url = await serve(t, async (request, response) => {
    received.push({ headers: request.headers, body: Buffer.concat(await request.toArray()) })
    response.writeHead(204).end()
  })
  const app = await buildTestApp(t, { config: { webhooks: [{ url, secret: SECRET, events: ['*'] }] } })
  const attempt = await takeExam(app, ADA, await addExam(app, { is_proctored: false }), 'submitted', false)
  await asPerson(app, ADA)('GET', `${API}/attempt`)
  await app.effects.drain()

  const events = received.map(({ headers, body }) => verifyWebhook({ headers, body, secret: SECRET }))
  t.same(new Set(events.map(({ id }) => id)).size, events.length)
  const statuses = events.flatMap(event => event.type === 'invigil.attempt.status' ? [event.data.status] : [])
  t.equal(statuses.at(-1), 'submitted')
  t.match(events.find(isSubmission), {
    specversion: '1.0', subject: `attempt:${attempt.id}`, source: 'http://127.0.0.1:8000', time: /^\d{4}-/, datacontenttype: 'application/json',
    data: { exam_attempt: { student_user: { id: ADA.id, pii: { username: 'ada' } }, usage_key: 'block-v1:mid', exam_type: 'timed', requesting_user: { id: ADA.id } } },
  })
  const analytics = events.flatMap(event => event.type.startsWith('edx.special_exam.') ? [event] : [])
  t.ok(analytics.length > 0)
  for (const { data } of analytics) t.match(data, { context: { course_id: String }, payload: { exam_id: Number, exam_content_id: 'block-v1:mid', exam_name: 'Midterm' } })

  const [first] = received
  if (!first) throw new Error('expected an event')
  t.equal(faultOf({ ...first, secret: `whsec_${randomBytes(32).toString('base64')}` }), 'signature')
  t.equal(faultOf({ ...first, body: Buffer.concat([first.body, Buffer.from(' ')]), secret: SECRET }), 'signature')
})

const isSubmission = (event: InvigilEvent) => event.type === 'org.openedx.learning.exam.attempt.submitted.v1'

t.test('a signature is good for its body, its id, its time and its secret', async t => {
  t.equal(faultOf(delivery()), null)
  t.equal(faultOf({ ...delivery(), body: BODY.replace('created', 'verified') }), 'signature')
  const { headers } = delivery()
  t.equal(faultOf({ ...delivery(), headers: { ...headers, 'webhook-id': 'msg_2' } }), 'signature')
  t.equal(faultOf({ ...delivery(), headers: { ...headers, 'webhook-timestamp': String(NOW.getTime() / 1000 - 1) } }), 'signature')
  t.equal(faultOf({ ...delivery(), secret: 'another' }), 'signature')
  for (const signature of ['v1,', 'v1,AAAA', 'v2,x', 'x'.repeat(100_000)]) t.equal(faultOf({ ...delivery(), headers: { ...headers, 'webhook-signature': signature } }), 'signature')
})

t.test('old and early deliveries are refused, within what the receiver tolerates', async t => {
  const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
  t.equal(faultOf(delivery({ at: at(-300) })), null)
  t.equal(faultOf(delivery({ at: at(-301) })), 'timestamp')
  t.equal(faultOf(delivery({ at: at(301) })), 'timestamp')
  t.equal(faultOf({ ...delivery({ at: at(-301) }), tolerance: 600 }), null)
})

t.test('while a secret is being changed, both count, on either side', async t => {
  const next = `whsec_${randomBytes(24).toString('base64')}`
  t.equal(faultOf({ ...delivery({ secret: next }), secret: [SECRET, next] }), null)
  const [old, fresh] = [delivery(), delivery({ secret: next })].map(({ headers }) => headers instanceof Headers ? '' : String(headers['webhook-signature']))
  t.equal(faultOf({ ...delivery(), headers: { ...delivery().headers, 'webhook-signature': `${fresh} ${old}` } }), null)
})

t.test('headers of the runtime\'s own kind, in any case; a missing one is named', async t => {
  const plain: Record<string, string> = Object.fromEntries(Object.entries(delivery().headers))
  t.equal(faultOf({ ...delivery(), headers: new Headers(plain) }), null)
  t.equal(faultOf({ ...delivery(), headers: Object.fromEntries(Object.entries(plain).map(([name, value]) => [name.toUpperCase(), value])) }), null)
  for (const name of Object.keys(plain)) {
    t.throws(() => verifyWebhook({ ...delivery(), headers: { ...plain, [name]: undefined } }), { fault: 'headers', message: new RegExp(name) })
  }
  t.equal(faultOf({ ...delivery(), headers: { ...plain, 'webhook-timestamp': 'yesterday' } }), 'headers')
})

t.test('a body that is signed and yet no event is refused', async t => {
  for (const body of ['', 'null', '[]', '{}', 'no json', '{"type":"com.example.other","data":{}}']) t.equal(faultOf(delivery({ body })), 'body', body)
  t.equal(faultOf({ ...delivery(), body: Buffer.from([0xff, 0xfe]) }), 'body')
})
