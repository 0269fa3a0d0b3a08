import { createHmac } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { acceptable, acceptableChannels } from './deviation.ts'
import { isObject } from './json.ts'
import { loadScenarios } from './load.ts'
import { match } from './matcher.ts'
import { fill, UnresolvedName } from './placeholders.ts'
import { rpnowBodyString, rpnowPassword, rpnowSignature } from './rpnow-measure.ts'
import type { Channels, Scenario } from './schema.ts'
import { firstHeld } from './steps/first-held.ts'

const holds = (expected: unknown, actual: unknown, captures = new Map<string, unknown>()) => match(expected, actual, { captures }) === null
const pathOf = (expected: unknown, actual: unknown, captures = new Map<string, unknown>()) => match(expected, actual, { captures }, 'body')?.path

t.test('plain values must be equal, numbers by value, and types are not mixed', async t => {
  t.ok(holds(90, 90.0))
  t.ok(holds(null, null))
  t.notOk(holds('90', 90))
  t.notOk(holds(false, null))
  t.notOk(holds(null, undefined))
})

t.test('objects have exactly the listed keys, arrays exactly the listed elements in order', async t => {
  t.ok(holds({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }))
  t.equal(pathOf({ a: 1 }, { a: 1, b: 2 }), 'body.b')
  t.equal(pathOf({ a: 1, b: 2 }, { a: 1 }), 'body.b')
  t.equal(pathOf({ a: [1, 2] }, { a: [2, 1] }), 'body.a[0]')
  t.equal(pathOf([1], [1, 2]), 'body[1]')
  t.equal(pathOf([1, 2], [1]), 'body[1]')
  t.equal(pathOf({ a: { b: null } }, { a: {} }), 'body.a.b')
})

t.test('$type knows the words of the format', async t => {
  const good: Array<[string, unknown]> = [
    ['int', 3], ['number', 3.5], ['string', ''], ['bool', false], ['null', null], ['array', []], ['object', {}],
    ['uuid', '0D3B6C1E-6B1B-4B57-9C39-6F6B0E7B3C11'], ['datetime', '2030-01-01T00:00:00.000001Z'], ['datetime', '2030-01-01T00:00:00+00:00'],
  ]
  for (const [type, value] of good) t.ok(holds({ $type: type }, value), type)
  const bad: Array<[string, unknown]> = [
    ['int', 3.5], ['int', '3'], ['number', '3'], ['string', null], ['bool', 0], ['null', undefined], ['array', {}], ['object', []], ['object', null],
    ['uuid', '0d3b6c1e-6b1b-4b57-9c39-6f6b0e7b3c11'], ['datetime', '2030-01-01'], ['datetime', '2030-99-01T00:00:00Z'],
  ]
  for (const [type, value] of bad) t.notOk(holds({ $type: type }, value), `${type} ${String(value)}`)
  t.throws(() => holds({ $type: 'integer' }, 1))
})

t.test('all matchers of one object must hold, and a captured value is used later in the same document', async t => {
  const captures = new Map<string, unknown>()
  t.ok(holds({ id: { $type: 'int', $capture: 'exam' }, path: '/exam/{{exam}}', same: '{{exam}}' }, { id: 7, path: '/exam/7', same: 7 }, captures))
  t.equal(captures.get('exam'), 7)
  t.notOk(holds({ id: { $type: 'string', $capture: 'x' } }, { id: 7 }))
  t.notOk(holds({ same: '{{exam}}' }, { same: '7' }, captures), 'a lone placeholder keeps the type')
  t.notOk(holds({ $capture: 'nothing' }, undefined))
  t.throws(() => holds({ $like: 1 }, 1))
})

t.test('a name that nothing was captured under fails the comparison and is refused in requests', async t => {
  t.match(match('{{exam}}', 7, { captures: new Map() }), { reason: /"exam"/ })
  t.throws(() => fill({ path: '/exam/{{exam}}' }, new Map()), new UnresolvedName('exam'))
})

t.test('placeholders are replaced in values and keys', async t => {
  const captures = new Map<string, unknown>([['exam', 7], ['who', 'ada']])
  t.strictSame(fill({ '{{who}}': ['{{exam}}', 'exam {{exam}} of {{who}}', null, true] }, captures), { ada: [7, 'exam 7 of ada', null, true] })
  t.ok(holds({ '{{who}}': 1 }, { ada: 1 }, captures))
  t.notOk(holds({ '{{who}}': 1 }, { ada: 1, bob: 2 }, captures))
})

t.test('$any, $in, $contains and $matches', async t => {
  t.ok(holds({ a: { $any: true } }, { a: null }))
  t.notOk(holds({ $any: true }, undefined))
  t.ok(holds({ $in: [400, { $type: 'string' }] }, 'x'))
  t.notOk(holds({ $in: [400, 404] }, 403))
  t.ok(holds({ $contains: ['Test', 'Proctor'] }, 'Test Proctor'))
  t.notOk(holds({ $contains: ['Test', 'Exam'] }, 'Test Proctor'))
  t.notOk(holds({ $contains: 'x' }, null))
  t.ok(holds({ $matches: '^{{code}}:' }, 'a.b:c', new Map([['code', 'a.b']])))
  t.notOk(holds({ $matches: '^{{code}}:' }, 'axb:c', new Map([['code', 'a.b']])), 'a captured value is no pattern')
})

t.test('$subset looks at the listed keys only, and only on its own level', async t => {
  t.ok(holds({ $subset: { a: 1 } }, { a: 1, b: 2 }))
  t.notOk(holds({ $subset: { a: { b: 1 } } }, { a: { b: 1, c: 2 } }))
  t.ok(holds({ $subset: { a: { $subset: { b: 1 } } } }, { a: { b: 1, c: 2 } }))
  t.notOk(holds({ $subset: { a: 1 } }, [1]))
})

t.test('$unordered finds the pairing even when the first fit is the wrong one', async t => {
  const captures = new Map<string, unknown>()
  t.ok(holds({ $unordered: [{ $subset: { id: { $capture: 'first' } } }, { id: 1, n: 'a' }] }, [{ id: 1, n: 'a' }, { id: 2, n: 'b' }], captures))
  t.equal(captures.get('first'), 2)
  t.notOk(holds({ $unordered: [1, 1] }, [1, 2]))
  t.notOk(holds({ $unordered: [1] }, [1, 1]))
})

t.test('an alternative that does not hold leaves no captures behind', async t => {
  const captures = new Map<string, unknown>()
  t.ok(holds({ $in: [{ a: { $capture: 'x' }, b: 1 }, { a: 5, b: 2 }] }, { a: 5, b: 2 }, captures))
  t.notOk(captures.has('x'))
})

t.test('$jwt wants the signature, the header and exactly the claims', async t => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const sign = (claims: unknown, secret: string) => {
    const signed = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(claims)}`
    return `http://x/?jwt=${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
  }
  const expected = { $jwt: { prefix: 'http://x/?jwt=', secret: 's', algorithm: 'HS256', header: { alg: 'HS256', typ: 'JWT' }, claims: { exp: 5, jti: { $type: 'string' } } } }
  t.ok(holds(expected, sign({ jti: 'a', exp: 5 }, 's')))
  t.notOk(holds(expected, sign({ jti: 'a', exp: 5 }, 'other')))
  t.notOk(holds(expected, sign({ jti: 'a', exp: 5, more: 1 }, 's')))
  t.notOk(holds(expected, sign({ jti: 'a', exp: 6 }, 's')))
  t.notOk(holds(expected, 'http://x/?jwt=a.b'))
  t.notOk(holds(expected, 'http://y/?jwt=a.b.c'))
})

t.test('the measure for RPNow agrees with the vectors of its protocol', async t => {
  const key = '123456789123456712345678'
  t.equal(rpnowPassword('abcdefgh', key), 'tBpTepTnDSAhBfHAEq/wbg==')
  t.equal(rpnowPassword('CODE', key), 'zAitLXJtYcc=')
  const odd = { a: { b: { c: 1, d: [1, 2] } }, z: [], n: 0, e: '', f: 1.5, l: [{ k: 'v' }, 's', null, true], t: true, N: null }
  t.equal(rpnowBodyString(odd), 'N:null\nb.c:1\nd.0:1\nd.1:2\ne:\nf:1.5\nl.0.k:v\nl.1:s\nl.2:None\nl.3:True\nn:null\nt:true\n')
})

t.test('the measure for RPNow agrees with the recorded signatures', async t => {
  const { scenarios } = loadScenarios(fileURLToPath(new URL('./recorded', import.meta.url)), { only: 'rpnow-vector-signature' })
  const vectors = scenarios.flatMap(({ steps }: Scenario) => steps).flatMap(step => step.do === 'vector' ? [step] : [])
  t.ok(vectors.length > 3)
  for (const { input, expect } of vectors) {
    const body = isObject(input.body) ? input.body : {}
    const keys = { secret_key_id: String(input.secret_key_id), secret_key: String(input.secret_key) }
    const output = { body_string: rpnowBodyString(body), authorization: rpnowSignature(body, 'application/json', String(input.date), keys) }
    t.strictSame(output, expect.output)
  }
})

t.test('$rpnow_exam_password and $rpnow_signature compute from the same request', async t => {
  const keys = { secret_key_id: 'foo', secret_key: 'BAR' }
  const json = { examCode: 'CODE', duration: 90 }
  const date = 'Tue, 01 Jan 2030 00:00:00 GMT'
  const authorization = rpnowSignature(json, 'application/json', date, keys)
  const request = { json, headers: { 'content-type': 'application/json', date, authorization } }
  const scope = { captures: new Map(), request }
  t.equal(match({ $rpnow_signature: keys }, authorization, scope), null)
  t.ok(match({ $rpnow_signature: { ...keys, secret_key: 'BAZ' } }, authorization, scope))
  t.equal(match({ $rpnow_exam_password: { crypto_key: '123456789123456712345678' } }, 'zAitLXJtYcc=', scope), null)
  t.ok(match({ $rpnow_exam_password: { crypto_key: '123456789123456712345678' } }, 'other', scope))
})

t.test('a deviation that must be met replaces the expectation, a tolerated one stands beside it', async t => {
  const deviation = { new: { status: 400 } }
  t.strictSame(acceptable({ expect: { status: 500 } }), [{ status: 500 }])
  t.strictSame(acceptable({ expect: { status: 500 }, deviation: { ...deviation, accept: 'new' } }), [{ status: 400 }])
  t.strictSame(acceptable({ expect: { status: 500 }, deviation: { ...deviation, accept: 'either' } }), [{ status: 400 }, { status: 500 }])
  const channels: Channels = { events: [1], emails: [2] }
  t.strictSame(acceptableChannels(channels, { accept: 'new', new: { events: [] } }), [{ events: [], emails: [2] }])
})

t.test('of several expectations the one that holds leaves its captures, and the first tells why none did', async t => {
  const captures = new Map<string, unknown>()
  const compare = (actual: unknown) => (expected: unknown, own: Map<string, unknown>) => match(expected, actual, { captures: own }, 'x')
  t.equal(firstHeld([{ a: { $capture: 'a' }, b: 1 }, { a: { $capture: 'c' } }], { captures }, compare({ a: 4 })), null)
  t.strictSame([...captures], [['c', 4]])
  t.match(firstHeld([1, 2], { captures }, compare(3)), { expected: 1, actual: 3 })
})
