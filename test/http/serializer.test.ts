import Fastify, { type FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { buildSerializer } from '../../core/http/serializer.ts'

const Shown = { type: 'object', properties: { name: { type: 'string' } } }

function open (t: Test): FastifyInstance {
  const app = Fastify({ schemaController: { compilersFactory: { buildSerializer } } })
  t.teardown(() => app.close())
  return app
}

t.test('a schema is compiled once, however many routes and services answer by it', async t => {
  const route = { schema: Shown, method: 'GET', url: '/', httpStatus: '200' }
  t.equal(buildSerializer({})(route), buildSerializer({})({ ...route, url: '/other' }))
  for (const app of [open(t), open(t)]) {
    for (const url of ['/a', '/b']) app.get(url, { schema: { response: { 200: Shown } } }, async () => ({ name: 'Ada', secret: 'not in the schema' }))
    for (const url of ['/a', '/b']) t.equal((await app.inject(url)).body, '{"name":"Ada"}')
  }
})

t.test('a schema may refer to those a host has added, and each host has its own', async t => {
  const Referring = { type: 'object', properties: { person: { $ref: 'person#' } } }
  for (const [field, body] of [['name', '{"person":{"name":"Ada"}}'], ['title', '{"person":{"title":"Countess"}}']] as const) {
    const app = open(t)
    app.addSchema({ $id: 'person', type: 'object', properties: { [field]: { type: 'string' } } })
    app.get('/', { schema: { response: { 200: Referring } } }, async () => ({ person: { name: 'Ada', title: 'Countess' } }))
    t.equal((await app.inject('/')).body, body)
  }
})
