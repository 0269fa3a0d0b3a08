import { Type, type TSchema } from 'typebox'
import t, { type Test } from 'tap'
import { acceptAnythingAsJson } from '../../core/http/body-parsers.ts'
import { compileTextReader } from '../../core/http/text-values.ts'
import { buildApp } from './app.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const JSON_TYPE = { 'content-type': 'application/json' }
const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'] as const

/** An app that answers the body it got. */
function buildEcho (t: Test, body?: TSchema) {
  return buildApp(t, {
    routes: async app => {
      app.route({ method: [...METHODS], url: '/echo', config: { permission: 'public' }, ...body ? { schema: { body } } : {}, handler: async request => ({ got: request.body ?? 'nothing' }) })
      await app.register(async scope => {
        acceptAnythingAsJson(scope)
        scope.post('/anything', { config: { permission: 'public' } }, async request => ({ got: request.body ?? 'nothing' }))
      })
    },
  })
}

function multipart (fields: [string, string][], boundary = 'b0undary'): { headers: Record<string, string>, payload: string } {
  const parts = fields.map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  return { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, payload: `${parts.join('')}--${boundary}--\r\n` }
}

t.test('every method takes JSON, a form and multipart fields', async t => {
  const app = await buildEcho(t)
  const expected = { action: 'mark_ready_to_resume', user_id: '7', text: 'a+b é&=' }
  const bodies: [string, object][] = [
    ['JSON', { payload: expected }],
    ['a form', { headers: FORM, payload: new URLSearchParams(expected).toString() }],
    ['a form with a charset', { headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }, payload: new URLSearchParams(expected).toString() }],
    ['multipart', multipart(Object.entries(expected))],
    ['multipart with a quoted boundary', { ...multipart(Object.entries(expected)), headers: { 'content-type': 'multipart/form-data; boundary="b0undary"' } }],
  ]
  for (const method of METHODS) {
    for (const [title, request] of bodies) {
      const answer = await app.inject({ method, url: '/echo', ...request })
      t.strictSame(answer.json().got, expected, `${method} ${title}`)
    }
  }
})

t.test('a field that comes several times is a list', async t => {
  const app = await buildEcho(t)
  t.strictSame((await app.inject({ method: 'POST', url: '/echo', headers: FORM, payload: 'a=1&a=2&b=3' })).json().got, { a: ['1', '2'], b: '3' })
  t.strictSame((await app.inject({ method: 'POST', url: '/echo', ...multipart([['a', '1'], ['a', '2']]) })).json().got, { a: ['1', '2'] })
})

t.test('nothing is an empty object, null stays null', async t => {
  const app = await buildEcho(t)
  const cases: [string, object, unknown][] = [
    ['no body', {}, {}],
    ['an empty body that is announced as JSON', { headers: JSON_TYPE, payload: '' }, {}],
    ['blanks', { headers: JSON_TYPE, payload: ' \r\n' }, {}],
    ['an empty form', { headers: FORM, payload: '' }, {}],
    ['null', { headers: JSON_TYPE, payload: 'null' }, 'nothing'],
    ['a list', { headers: JSON_TYPE, payload: '[]' }, []],
  ]
  for (const [title, request, got] of cases) t.strictSame((await app.inject({ method: 'DELETE', url: '/echo', ...request })).json().got, got, title)
})

t.test('multipart that is none, files and dangerous names are refused', async t => {
  const app = await buildEcho(t)
  const file = new FormData()
  file.append('upload', new File(['x'], 'x.txt'))
  const cases: [string, object, RegExp][] = [
    ['no boundary', { headers: { 'content-type': 'multipart/form-data' }, payload: 'x' }, /cannot be read/],
    ['another boundary', { ...multipart([['a', '1']]), headers: { 'content-type': 'multipart/form-data; boundary=other' } }, /cannot be read/],
    ['cut off', { ...multipart([['a', '1']]), payload: '--b0undary\r\nContent-Disposition: form-data; name="a"\r\n\r\n1' }, /cannot be read/],
    ['a file', { payload: file }, /field "upload" is a file/],
    ['a prototype in multipart', multipart([['__proto__', '1']]), /not allowed/],
    ['a prototype in a form', { headers: FORM, payload: '__proto__=1&a=2' }, /not allowed/],
    ['a constructor in a form', { headers: FORM, payload: 'constructor=1' }, /not allowed/],
  ]
  for (const [title, request, reason] of cases) {
    const answer = await app.inject({ method: 'PUT', url: '/echo', ...request })
    t.equal(answer.statusCode, 400, title)
    t.match(answer.json().detail, reason, title)
  }
  const large = multipart([['a', 'x'.repeat(1024 * 1024)]])
  t.equal((await app.inject({ method: 'PUT', url: '/echo', ...large })).statusCode, 413)
  t.equal((await app.inject({ method: 'PUT', url: '/echo', headers: FORM, payload: `a=${'x'.repeat(1024 * 1024)}` })).statusCode, 413)
})

t.test('where it is asked for, anything is read as JSON', async t => {
  const app = await buildEcho(t)
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream', 'multipart/form-data', 'application/json', undefined]) {
    const headers = type === undefined ? {} : { 'content-type': type }
    t.strictSame((await app.inject({ method: 'POST', url: '/anything', headers, payload: '{"a":[1]}' })).json(), { got: { a: [1] } }, type ?? 'no type')
  }
  t.equal((await app.inject({ method: 'POST', url: '/anything', headers: { 'content-type': 'text/plain' }, payload: 'not json' })).statusCode, 400)
  t.equal((await app.inject({ method: 'POST', url: '/anything', headers: { 'content-type': 'text/plain' }, payload: '{"__proto__":1}' })).statusCode, 400)
  t.equal((await app.inject({ method: 'POST', url: '/echo', headers: { 'content-type': 'text/plain' }, payload: '{}' })).statusCode, 415, 'and nowhere else')
})

t.test('JSON is taken as it is, forms take the types of the schema', async t => {
  const Body = Type.Object({
    id: Type.Integer(),
    flag: Type.Optional(Type.Boolean()),
    share: Type.Optional(Type.Number()),
    name: Type.Optional(Type.String()),
    note: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    limit: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    list: Type.Optional(Type.Array(Type.Integer())),
    word: Type.Optional(Type.Union([Type.Boolean(), Type.String()])),
    kept: Type.String({ default: 'as told' }),
  })
  const app = await buildEcho(t, Body)
  const form = async (payload: string) => app.inject({ method: 'PUT', url: '/echo', headers: FORM, payload })

  t.strictSame((await form('id=7&flag=True&share=0.5&name=5&note=&limit=&list=3&word=true&other=1')).json().got, {
    id: 7, flag: true, share: 0.5, name: '5', note: '', limit: null, list: [3], word: 'true', other: '1', kept: 'as told',
  })
  t.strictSame((await app.inject({ method: 'PUT', url: '/echo', ...multipart([['id', '7'], ['flag', 'false'], ['list', '1'], ['list', '2']]) })).json().got, { id: 7, flag: false, list: [1, 2], kept: 'as told' })
  for (const wrong of ['id=7.5', 'id=', 'id=x', 'id=7&flag=yes', 'id=7&share=1e3', 'id=7&list=1&list=b', 'id=99999999999999999999']) t.equal((await form(wrong)).statusCode, 400, wrong)
  for (const wrong of [{ id: '7' }, { id: 7, flag: 'true' }, { id: 7, name: 5 }, { id: null }, { id: 7, list: 3 }]) {
    t.equal((await app.inject({ method: 'PUT', url: '/echo', payload: wrong })).statusCode, 400, JSON.stringify(wrong))
  }
})

t.test('paths, queries and headers take the types of the schema', async t => {
  const app = await buildApp(t, {
    routes: app => {
      app.get('/items/:id', {
        config: { permission: 'public' },
        schema: { params: Type.Object({ id: Type.Integer() }), querystring: Type.Object({ page: Type.Integer({ default: 1 }), all: Type.Optional(Type.Boolean()), tags: Type.Optional(Type.Array(Type.String())) }) },
      }, async ({ params, query }) => ({ ...params, ...query }))
    },
  })
  t.strictSame((await app.inject({ url: '/items/41?page=2&all=true&tags=a' })).json(), { id: 41, page: 2, all: true, tags: ['a'] })
  t.strictSame((await app.inject({ url: '/items/41?tags=a&tags=b' })).json(), { id: 41, page: 1, tags: ['a', 'b'] })
  t.equal((await app.inject({ url: '/items/4.5' })).statusCode, 400)
  t.equal((await app.inject({ url: '/items/' })).statusCode, 400)
})

t.test('what is no object is left alone', t => {
  t.equal(compileTextReader(Type.Array(Type.Integer()))('x'), 'x')
  t.equal(compileTextReader(Type.Object({ a: Type.Integer() }))(null), null)
  t.strictSame(compileTextReader(Type.Object({ a: Type.Unknown() }))({ a: '5' }), { a: '5' })
  t.end()
})
