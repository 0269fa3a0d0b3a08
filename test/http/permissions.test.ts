import Fastify from 'fastify'
import t, { type Test } from 'tap'
import * as access from '../../core/http/access.ts'
import type { UserCaller } from '../../core/http/caller.ts'
import { compilePath } from '../../core/http/path-pattern.ts'
import { PERMISSIONS, permissionTable, type Permission } from '../../core/http/permissions.ts'
import { asUser, buildApp, CALLBACK_SECRETS, type AppParts } from './app.ts'

const ALL = Object.keys(PERMISSIONS).filter((name): name is Permission => name in PERMISSIONS)
const COURSE = 'course-v1:A+B+C'
const GRANT = { grant_type: 'client_credentials', client_id: 'acme-client', client_secret: CALLBACK_SECRETS.acme }

t.test('a route that states no permission stops the start', async t => {
  const cases: [string, object, RegExp][] = [
    ['nothing', {}, /GET \/x states no permission.*public, authenticated.*found nothing/],
    ['an empty config', { config: {} }, /found nothing/],
    ['an unknown word', { config: { permission: 'everybody' } }, /found "everybody"/],
    ['a word of every object', { config: { permission: 'toString' } }, /found "toString"/],
  ]
  for (const [title, options, reason] of cases) {
    const start = buildApp(t, { routes: app => { app.get('/x', options, async () => 'x') } })
    await t.rejects(start, { code: 'INV_NO_PERMISSION_STATED', message: reason }, title)
  }
  await t.rejects(buildApp(t, {
    routes: async app => {
      await app.register(async scope => { scope.get('/deep', async () => 'x') }, { prefix: '/api' })
    },
  }), { message: /GET \/api\/deep/ }, 'in any scope')
})

t.test('routes of others take the permission of their scope, and only there', async t => {
  const app = await buildApp(t, {
    routes: async app => {
      await app.register(async scope => {
        scope.routePermission = 'public'
        scope.get('/theirs', async () => 'x')
      })
    },
  })
  t.equal((await app.inject({ url: '/theirs' })).statusCode, 200)
  await t.rejects(buildApp(t, {
    routes: async app => {
      await app.register(async scope => { scope.routePermission = 'public' })
      app.get('/ours', async () => 'x')
    },
  }), { code: 'INV_NO_PERMISSION_STATED' })
})

t.test('the table lists every route with its permission', async t => {
  const app = await buildApp(t, {
    routes: async app => {
      await app.register(async scope => {
        scope.route({ method: ['PUT', 'DELETE'], url: '/things/:id', config: { permission: 'owner' }, handler: async () => 'x' })
        scope.get('/things', { config: { permission: 'staff' } }, async () => 'x')
      }, { prefix: '/api' })
    },
  })
  const rows = permissionTable(app)
  t.strictSame(rows.filter(({ url }) => url.startsWith('/api')), [
    { method: 'PUT', url: '/api/things/:id', permission: 'owner', refuses: [] },
    { method: 'DELETE', url: '/api/things/:id', permission: 'owner', refuses: [] },
    { method: 'GET', url: '/api/things', permission: 'staff', refuses: [] },
    { method: 'HEAD', url: '/api/things', permission: 'staff', refuses: [] },
  ])
  t.ok(rows.some(({ url, permission }) => url === '/oauth2/access_token' && permission === 'public'))
  t.ok(rows.every(({ permission }) => ALL.includes(permission)))
})

/** Who may pass the door of which permission; what the object says comes later. */
const DOORS: Record<Permission, string[]> = {
  public: ['stranger', 'learner', 'retirer', 'staff', 'vendor'],
  authenticated: ['learner', 'retirer', 'staff'],
  staff: ['staff'],
  retire: ['retirer', 'staff'],
  'course-staff': ['learner', 'retirer', 'staff'],
  owner: ['learner', 'retirer', 'staff'],
  'owner-or-course-staff': ['learner', 'retirer', 'staff'],
  'self-or-staff': ['learner', 'retirer', 'staff'],
  'self-or-course-staff': ['learner', 'retirer', 'staff'],
  vendor: ['learner', 'retirer', 'staff', 'vendor'],
  'own-vendor': ['vendor'],
}

t.test('every permission opens to whom it names, before the handler runs', async t => {
  let entered = 0
  const app = await buildApp(t, {
    routes: app => {
      for (const permission of ALL) {
        for (const prefix of ['/api/edx_proctoring', '/api/v1', '/api/invigil/v1']) {
          app.get(`${prefix}/${permission}`, { config: { permission } }, async request => {
            entered++
            request.objectChecked = true
            return 'in'
          })
        }
      }
    },
  })
  const token = (await app.inject({ method: 'POST', url: '/oauth2/access_token', payload: GRANT })).json().access_token
  const roles: Record<string, Record<string, string>> = {
    stranger: {},
    learner: await asUser(),
    retirer: await asUser({ permissions: ['accounts.can_retire_user'] }),
    staff: await asUser({ administrator: true }),
    vendor: { authorization: `JWT ${token}` },
  }
  for (const permission of ALL) {
    for (const [role, headers] of Object.entries(roles)) {
      const mayEnter = DOORS[permission].includes(role)
      for (const [prefix, closed] of [['/api/edx_proctoring', 403], ['/api/v1', role === 'stranger' ? 401 : 403], ['/api/invigil/v1', role === 'stranger' ? 401 : 403]] as const) {
        entered = 0
        const { statusCode } = await app.inject({ url: `${prefix}/${permission}`, headers })
        t.strictSame([statusCode, entered], mayEnter ? [200, 1] : [closed, 0], `${role} at ${prefix} ${permission}`)
      }
    }
  }
})

t.test('staff without the permission to retire users is refused when the token lists permissions', async t => {
  const app = await buildApp(t, { routes: app => { app.post('/retire', { config: { permission: 'retire' } }, async () => 'x') } })
  t.equal((await app.inject({ method: 'POST', url: '/retire', headers: await asUser({ administrator: true, permissions: [] }) })).statusCode, 403)
})

t.test('a handler that forgets to ask about the object does not answer', async t => {
  const app = await buildApp(t, {
    routes: app => {
      for (const permission of ALL) app.get(`/forgets/${permission}`, { config: { permission } }, async () => 'secret')
      app.get('/refuses', { config: { permission: 'owner' } }, async (_request, reply) => reply.code(404).send('nothing here'))
      app.get('/redirects', { config: { permission: 'course-staff' } }, async (_request, reply) => reply.redirect('https://vendor.example.org'))
    },
  })
  const headers = await asUser({ administrator: true })
  for (const permission of ALL) {
    const answer = await app.inject({ url: `/forgets/${permission}`, headers })
    if (!DOORS[permission].includes('staff')) t.equal(answer.statusCode, 403, permission)
    else if (PERMISSIONS[permission].byObject) t.match(answer, { statusCode: 500, headers: { 'invigil-error': 'INV_UNCHECKED_OBJECT' } }, permission)
    else t.equal(answer.statusCode, 200, permission)
    t.equal(answer.body.includes('secret'), !PERMISSIONS[permission].byObject, permission)
  }
  t.equal((await app.inject({ url: '/refuses', headers })).statusCode, 404, 'a refusal needs no object')
  t.equal((await app.inject({ url: '/redirects', headers })).statusCode, 500)
})

/** Runs one assert function as one caller and answers its result or the status. */
async function ask (t: Test, claims: object, question: (request: Parameters<typeof access.getUser>[0]) => unknown, parts: AppParts = {}) {
  const app = await buildApp(t, {
    ...parts,
    routes: app => { app.get('/ask', { config: { permission: 'self-or-course-staff' } }, async request => ({ answer: await question(request) })) },
  })
  const { statusCode, json } = await app.inject({ url: '/ask', headers: await asUser({ ...claims }) })
  return statusCode === 200 ? json().answer : statusCode
}

t.test('assertOwner', async t => {
  t.match(await ask(t, {}, request => access.assertOwner(request, 101)), { userId: 101 })
  t.equal(await ask(t, {}, request => access.assertOwner(request, 102)), 403)
  t.equal(await ask(t, { administrator: true }, request => access.assertOwner(request, 102)), 403, 'staff is no owner')
})

t.test('assertCourseStaff', async t => {
  const asked: [number, string][] = []
  const isCourseStaff = async (user: UserCaller, courseId: string) => {
    asked.push([user.userId, courseId])
    return courseId === COURSE
  }
  const about = (courseId: string | null) => (request: Parameters<typeof access.getUser>[0]) => access.assertCourseStaff(request, courseId)
  t.match(await ask(t, { administrator: true }, about('x/y/z'), { isCourseStaff }), { userId: 101 }, 'global staff')
  t.match(await ask(t, { administrator: true }, about(null), { isCourseStaff }), { userId: 101 }, 'global staff, course unknown')
  t.match(await ask(t, { course_staff: ['x/y/z'] }, about('x/y/z'), { isCourseStaff }), { userId: 101 }, 'by the token')
  t.strictSame(asked, [], 'the platform is asked only when nothing else decides')
  t.match(await ask(t, {}, about(COURSE), { isCourseStaff }), { userId: 101 }, 'by the platform')
  t.equal(await ask(t, { course_staff: [COURSE] }, about('x/y/z'), { isCourseStaff }), 403, 'of another course')
  t.equal(await ask(t, { course_staff: [COURSE] }, about(null), { isCourseStaff }), 403, 'course unknown')
  t.strictSame(asked, [[101, COURSE], [101, 'x/y/z']])
  t.equal(await ask(t, {}, about(COURSE), { isCourseStaff: async () => { throw new Error('platform is down') } }), 500)
})

t.test('assertSelfOrStaff', async t => {
  const about = (userId: number | null | undefined) => (request: Parameters<typeof access.getUser>[0]) => access.assertSelfOrStaff(request, userId)
  t.equal(await ask(t, {}, about(undefined)), 101)
  t.equal(await ask(t, {}, about(null)), 101)
  t.equal(await ask(t, {}, about(102)), 403)
  t.equal(await ask(t, {}, about(101)), 403, 'even one\'s own id, as the old wire has it')
  t.equal(await ask(t, { administrator: true }, about(102)), 102)
})

t.test('assertSelfOrCourseStaff', async t => {
  const about = (username: string | null | undefined) => (request: Parameters<typeof access.getUser>[0]) => access.assertSelfOrCourseStaff(request, username, COURSE)
  for (const name of [undefined, null, '', 'ada']) t.equal(await ask(t, {}, about(name)), 'ada', String(name))
  t.equal(await ask(t, {}, about('grace')), 403)
  t.equal(await ask(t, { course_staff: [COURSE] }, about('grace')), 'grace')
  t.equal(await ask(t, { course_staff: ['x/y/z'] }, about('grace')), 403)
})

t.test('assertProviderAccess', async t => {
  const about = (name: string | null) => (request: Parameters<typeof access.getUser>[0]) => access.assertProviderAccess(request, name)
  t.match(await ask(t, { groups: ['acme_review'] }, about('acme')), { kind: 'user' })
  t.equal(await ask(t, { groups: ['acme_review'] }, about('globex')), 403)
  t.equal(await ask(t, { groups: ['null_review'] }, about(null)), 403, 'no provider is nobody\'s')
  t.match(await ask(t, { administrator: true }, about('globex')), { kind: 'user' })
})

t.test('a path that exists under another method', async t => {
  const app = await buildApp(t, {
    routes: app => {
      app.get('/api/edx_proctoring/v1/exam/:id(^\\d+$)', { config: { permission: 'authenticated' } }, async () => 'x')
      app.put('/api/edx_proctoring/v1/exam/:id(^\\d+$)', { config: { permission: 'staff' } }, async () => 'x')
      app.post('/api/v1/exams', { config: { permission: 'authenticated' } }, async () => 'x')
      app.post('/api/edx_proctoring/callback/', { config: { permission: 'public' } }, async () => 'x')
    },
  })
  const headers = await asUser()

  t.test('is 405 with the methods that are allowed', async t => {
    const answer = await app.inject({ method: 'DELETE', url: '/api/edx_proctoring/v1/exam/7?x=1', headers })
    t.match(answer, { statusCode: 405, headers: { allow: 'GET, HEAD, PUT', 'invigil-error': 'INV_METHOD_NOT_ALLOWED' } })
    t.strictSame(Object.keys(answer.json()), ['detail'])
  })

  t.test('asks strangers to sign in first', async t => {
    t.equal((await app.inject({ method: 'DELETE', url: '/api/edx_proctoring/v1/exam/7' })).statusCode, 403)
    t.equal((await app.inject({ method: 'DELETE', url: '/api/edx_proctoring/v1/exam/7', headers: { authorization: 'JWT x' } })).statusCode, 403)
    t.equal((await app.inject({ url: '/api/v1/exams' })).statusCode, 401)
    t.match(await app.inject({ url: '/api/v1/exams', headers }), { statusCode: 405, headers: { allow: 'POST' } })
  })

  t.test('is 405 for everybody where it is public', async t => {
    t.match(await app.inject({ url: '/api/edx_proctoring/callback/' }), { statusCode: 405, headers: { allow: 'POST' } })
  })

  t.test('and one that does not exist is 404 for everybody', async t => {
    for (const url of ['/api/edx_proctoring/v1/exam/seven', '/api/edx_proctoring/v1/exam/7/', '/nothing', '/%E0%A4%A']) {
      const answer = await app.inject({ method: 'DELETE', url })
      t.equal(answer.statusCode, url.includes('%') ? 400 : 404, url)
      t.match(answer.json(), { detail: String }, url)
    }
  })
})

t.test('paths are understood as the router understands them', async t => {
  const patterns = [
    '/plain', '/a/:one', '/b/:one/end', '/c/:number(^\\d+$)', '/d/:code(^[\\w-]+$)/ready', '/e/*', '/f/:either(^(?:a|b(c))$)/x',
    '/g/:maybe?', '/h/v1.0/x+y', '/i/::literal', '/j/:one-:two', '/k/:exam(^\\d+$)/user/:user(^\\d+$)',
  ]
  const paths = [
    '/plain', '/plain/', '/plai', '/a/x', '/a/', '/a/x/y', '/a/course-v1:A+B+C', '/b/1/end', '/b//end', '/c/12', '/c/1a', '/c/', '/d/aB-_9/ready', '/d/a.b/ready',
    '/e/', '/e/x/y/z', '/e', '/f/a/x', '/f/bc/x', '/f/c/x', '/g/x', '/g/', '/h/v1.0/x+y', '/h/v1x0/xxy', '/i/:literal', '/i/xliteral', '/j/a-b', '/j/ab', '/k/1/user/2', '/k/1/user/x',
  ]
  const app = Fastify()
  t.teardown(() => app.close())
  for (const url of patterns) app.get(url, async request => request.routeOptions.url)
  for (const path of paths) {
    const { statusCode, body } = await app.inject({ url: path })
    const fitting = patterns.filter(url => compilePath(url).test(path))
    t.strictSame(fitting, statusCode === 200 ? [body] : [], path)
  }
})
