import { Type } from 'typebox'
import t from 'tap'
import { buildApp } from './app.ts'

t.test('the API describes itself from the routes\' own schemas', async t => {
  const app = await buildApp(t, {
    routes: app => {
      app.get('/api/v1/things/:id', {
        config: { permission: 'course-staff' },
        schema: { tags: ['things'], description: 'One thing.', params: Type.Object({ id: Type.Integer() }), response: { 200: Type.Object({ name: Type.Union([Type.String(), Type.Null()]) }) } },
      }, async () => ({ name: null }))
      app.post('/api/v1/reviews', { config: { permission: 'vendor' } }, async () => 'x')
    },
  })
  const { json, statusCode } = await app.inject({ url: '/docs/json' })
  t.equal(statusCode, 200)
  const document = json()
  t.match(document, { openapi: '3.1.0', info: { title: 'Invigil', version: '1.0.0' }, servers: [{ url: 'http://127.0.0.1:8000' }] })

  t.test('with parameters, answers and whom each operation is for', async t => {
    t.match(document.paths['/api/v1/things/{id}'].get, {
      tags: ['things'],
      description: /One thing\. For staff of the course/,
      'x-permission': 'course-staff',
      security: [{ platformToken: [] }, { platformCookies: [] }],
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      responses: { 200: { content: { 'application/json': { schema: { properties: { name: { anyOf: [{ type: 'string' }, { type: 'null' }] } } } } } } },
    })
    t.match(document.paths['/api/v1/reviews'].post.security, [{ vendorToken: ['callbacks'] }, { vendorSignature: [] }, { platformToken: [] }])
    t.strictSame(document.paths['/csrf/api/v1/token'].get.security, [])
    const used = new Set(Object.values(document.paths).flatMap(path => Object.values(path ?? {})).flatMap(({ security }) => security.flatMap((one: object) => Object.keys(one))))
    t.ok([...used].every(name => name in document.components.securitySchemes))
  })

  t.test('without its own machinery', async t => {
    const paths = Object.keys(document.paths)
    t.ok(paths.includes('/oauth2/access_token'))
    for (const path of ['/metrics', '/docs', '/docs/json', '/oauth2/access_token/']) t.notOk(paths.includes(path), path)
  })

  t.test('and shows it as pages that load from this server only', async t => {
    const page = await app.inject({ url: '/docs/' })
    t.match(page, { statusCode: 200, headers: { 'content-type': /html/, 'content-security-policy': /default-src 'self'/ } })
    const scripts = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => new URL(path ?? '', 'http://x/docs/').pathname)
    t.ok(scripts.length > 3)
    for (const url of scripts) t.equal((await app.inject({ url })).statusCode, 200, url)
    t.notMatch(page.body, /<script>(?!\s*<\/script>)/, 'no inline script, which the policy would stop')
  })
})
