import { createHash } from 'node:crypto'
import { appendFile, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import fastify from 'fastify'
import t, { type Test } from 'tap'
import { systemClock } from '../../core/clock.ts'
import assets from '../../core/provider/assets.ts'
import providers, { type ProvidersOptions } from '../../core/provider/plugin.ts'
import { completeOptions, installFixtures, load, type Entries } from './host.ts'

async function serve (t: Test, root: string, entries: Entries, more: Partial<ProvidersOptions> = {}) {
  const app = fastify()
  t.teardown(() => app.close())
  await app.register(providers, completeOptions(root, entries, { clock: systemClock, ...more }))
  await app.register(assets)
  await app.ready()
  return app
}

/** Runs a script as a browser would run a classic worker, sends one message, answers the first reply. */
async function ask (script: string, message: object): Promise<unknown> {
  const listeners: ((event: { data: object }) => void)[] = []
  return await new Promise(resolve => {
    const scope = { addEventListener: (_type: string, listener: typeof listeners[number]) => listeners.push(listener), postMessage: resolve }
    runInContext(script, createContext({ ...scope, self: scope }))
    for (const listener of listeners) listener({ data: message })
  })
}

const ping = { type: 'ping', timeout: -1, attemptExternalId: 'a' }

t.test('a worker is served as one classic script under its hash, for every origin and for ever', async t => {
  const root = await installFixtures(t, 'module-worker')
  const app = await serve(t, root, { acme: { package: 'fixture-module-worker' } })
  const worker = app.providers.require('acme').worker
  t.match(worker?.path, /^\/static\/providers\/acme\/worker-[0-9a-f]{16}\.js$/)
  const answer = await app.inject(worker?.path ?? '')
  t.equal(answer.statusCode, 200)
  t.match(answer.headers, {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  })
  t.equal(worker?.integrity, `sha384-${createHash('sha384').update(answer.rawPayload).digest('base64')}`)
  t.notMatch(answer.body, /sourceMappingURL/)
  t.same(await ask(answer.body, { ...ping, timeout: 1 }), { type: 'echo' })
  t.match(await ask(answer.body, ping), { type: 'pingFailed', error: { message: 'module says no' } })
})

t.test('CommonJS, classic and prebuilt scripts work as well, and those written for the reference\'s wrapper', async t => {
  const kinds = ['commonjs', 'classic', 'prebuilt', 'reference']
  const root = await installFixtures(t, ...kinds.map(kind => `${kind}-worker`))
  const app = await serve(t, root, Object.fromEntries(kinds.map(kind => [kind, { package: `fixture-${kind}-worker` }])))
  for (const kind of kinds) {
    const { body } = await app.inject(app.providers.require(kind).worker?.path ?? '')
    t.match(await ask(body, ping), { type: 'pingFailed', error: { message: `${kind} says no` } })
    t.same(await ask(body, { ...ping, timeout: 1 }), { type: 'echo' }, kind)
    t.same(await ask(body, { type: 'startExamAttempt' }), { type: 'examAttemptStarted' }, kind)
    t.same(await ask(body, { type: 'endExamAttempt' }), { type: 'examAttemptEnded' }, kind)
    t.notMatch(body, /^\s*(?:import|export) /m, `${kind} is one classic script`)
  }
})

t.test('the name of a worker is the same in every process and changes with its content', async t => {
  const [one, two] = [await installFixtures(t, 'module-worker'), await installFixtures(t, 'module-worker')]
  const pathIn = async (root: string) => (await load(t, root, { acme: { package: 'fixture-module-worker' } })).require('acme').worker?.path
  const before = await pathIn(one)
  t.equal(await pathIn(two), before)
  await appendFile(join(two, 'node_modules/fixture-module-worker/handler.js'), '\nself.changed = true\n')
  t.not(await pathIn(two), before)
})

t.test('a page that was opened before an update still gets a worker, uncached', async t => {
  const root = await installFixtures(t, 'module-worker')
  const app = await serve(t, root, { acme: { package: 'fixture-module-worker' } })
  const answer = await app.inject('/static/providers/acme/worker-0123456789abcdef.js')
  t.equal(answer.statusCode, 200)
  t.equal(answer.headers['cache-control'], 'no-store')
})

t.test('finished bundles are kept, and made anew when any file they were made of changes', async t => {
  const root = await installFixtures(t, 'module-worker')
  const workerCacheDir = join(root, 'data/workers')
  const start = async () => (await load(t, root, { acme: { package: 'fixture-module-worker' } }, { workerCacheDir })).require('acme').worker
  const first = await start()
  const [record = ''] = await readdir(workerCacheDir)
  const kept = JSON.parse(await readFile(join(workerCacheDir, record), 'utf8'))
  t.equal(kept.body, first?.body.toString())

  await writeFile(join(workerCacheDir, record), JSON.stringify({ ...kept, body: 'self.fromTheCache = true' }))
  t.equal((await start())?.body.toString(), 'self.fromTheCache = true')

  await appendFile(join(root, 'node_modules/fixture-module-worker/handler.js'), '\nself.changed = true\n')
  t.match((await start())?.body.toString(), /self\.changed/)
  t.same(await readdir(workerCacheDir), [record])

  await writeFile(join(workerCacheDir, record), 'not JSON')
  t.match((await start())?.body.toString(), /self\.changed/)
})

t.test('a cache that cannot be written does not keep the host from starting', async t => {
  const root = await installFixtures(t, 'module-worker')
  await writeFile(join(root, 'data'), 'a file where a folder should be')
  const registry = await load(t, root, { acme: { package: 'fixture-module-worker' } }, { workerCacheDir: join(root, 'data/workers') })
  t.ok(registry.require('acme').worker)
})

t.test('source maps are there when asked for', async t => {
  const root = await installFixtures(t, 'module-worker')
  const registry = await load(t, root, { acme: { package: 'fixture-module-worker' } }, { sourceMaps: true })
  t.match(registry.require('acme').worker?.body.toString(), /sourceMappingURL=data:/)
})

t.test('static files are served below the hash of their folder', async t => {
  const root = await installFixtures(t, 'module-worker')
  const app = await serve(t, root, { acme: { package: 'fixture-module-worker' } })
  const path = app.providers.require('acme').staticAssets?.path
  t.match(path, /^\/static\/providers\/acme\/[0-9a-f]{16}\/$/)
  const logo = await app.inject(`${path}logo.svg`)
  t.equal(logo.statusCode, 200)
  t.match(logo.headers, {
    'content-type': /^image\/svg\+xml/,
    'cache-control': 'public, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  })
  t.equal((await app.inject(`${path}deep/note.txt`)).body, 'a note\n')
  t.equal((await app.inject(`${path}with%20space.txt`)).body, 'spaced\n')
  const old = await app.inject('/static/providers/acme/0123456789abcdef/logo.svg')
  t.match([old.statusCode, old.headers['cache-control']], [200, 'no-store'])
  t.equal((await app.inject({ method: 'HEAD', url: `${path}logo.svg` })).statusCode, 200)
})

t.test('nothing but the listed files can be reached', async t => {
  const root = await installFixtures(t, 'module-worker', 'good')
  const folder = join(root, 'node_modules/fixture-module-worker/static')
  await mkdir(join(folder, 'empty'))
  await symlink(join(root, 'node_modules/fixture-module-worker/package.json'), join(folder, 'link.json'))
  const app = await serve(t, root, { acme: { package: 'fixture-module-worker' }, plain: { package: '@acme/proctor' } })
  const path = app.providers.require('acme').staticAssets?.path
  await writeFile(join(folder, 'later.txt'), 'was not there at the start')
  const urls = [
    `${path}../provider.js`, `${path}..%2fprovider.js`, `${path}%2e%2e/provider.js`, `${path}deep/..%2f..%2fprovider.js`, `${path}..%5cprovider.js`,
    `${path}%2fetc%2fpasswd`, `${path}link.json`, `${path}later.txt`, `${path}empty`, `${path}deep`, `${path}deep/`, `${path}`, `${path}logo.svg%00`,
    '/static/providers/plain/0123456789abcdef/logo.svg', '/static/providers/nobody/0123456789abcdef/logo.svg', '/static/providers/plain/worker-0123456789abcdef.js',
    '/static/providers/acme/provider.js', '/static/providers/__proto__/worker-0123456789abcdef.js', '/static/providers/constructor/name/logo.svg',
  ]
  for (const url of urls) t.equal((await app.inject(url)).statusCode, 404, url)
})

t.test('a fault of a provider is a fault of the start', async t => {
  const root = await installFixtures(t, 'missing-method')
  const app = fastify()
  t.teardown(() => app.close())
  app.register(providers, completeOptions(root, { half: { package: 'fixture-missing-method' } }))
  await t.rejects(Promise.resolve(app.ready()), { code: 'INV_PROVIDER_FAULTS' })
})
