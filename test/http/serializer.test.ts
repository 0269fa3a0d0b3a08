import Fastify from 'fastify'
import t from 'tap'
import { Type } from 'typebox'
import serializer, { compileSerializer } from '../../core/http/serializer.ts'

const Shown = Type.Object({ name: Type.String() })

t.test('a schema is compiled once, however many routes and services answer by it', async t => {
  t.equal(compileSerializer(Shown), compileSerializer(Shown))
  for (const app of [Fastify(), Fastify()]) {
    t.teardown(() => app.close())
    await app.register(serializer)
    for (const url of ['/a', '/b']) app.get(url, { schema: { response: { 200: Shown } } }, async () => ({ name: 'Ada', secret: 'not in the schema' }))
    for (const url of ['/a', '/b']) t.equal((await app.inject(url)).body, '{"name":"Ada"}')
  }
})
