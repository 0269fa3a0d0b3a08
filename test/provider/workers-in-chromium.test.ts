import fastify from 'fastify'
import t from 'tap'
import { systemClock } from '../../core/clock.ts'
import assets from '../../core/provider/assets.ts'
import providers from '../../core/provider/plugin.ts'
import { launchChromium } from '../helper/chromium.ts'
import { bundleSource } from '../helper/script.ts'
import { completeOptions, installFixtures } from './host.ts'

t.setTimeout(120_000)

const KINDS = ['module', 'commonjs', 'classic', 'prebuilt', 'reference']

/** The host with one provider of every kind, and a page of another origin that allows nothing but its scripts. */
async function buildSites () {
  const root = await installFixtures(t, ...KINDS.map(kind => `${kind}-worker`))
  const host = fastify()
  t.teardown(() => host.close())
  await host.register(providers, completeOptions(root, Object.fromEntries(KINDS.map(kind => [kind, { package: `fixture-${kind}-worker` }])), { clock: systemClock }))
  await host.register(assets)
  const hostUrl = await host.listen({ host: '127.0.0.1', port: 0 })

  const script = await bundleSource("import { askWorker } from './ask-worker.ts'\nObject.assign(globalThis, { askWorker })")
  const platform = fastify()
  t.teardown(() => platform.close())
  platform.get('/', async (_request, reply) => reply.type('text/html').header('content-security-policy', `default-src 'none'; script-src 'self' ${hostUrl}; worker-src blob:; connect-src ${hostUrl}`)
    .send('<!doctype html><title>page</title><script src="/page.js"></script>'))
  platform.get('/page.js', async (_request, reply) => reply.type('text/javascript').send(script))
  const workerOf = (kind: string) => host.providers.require(kind).worker ?? { path: '', integrity: '' }
  return { hostUrl, platformUrl: await platform.listen({ host: '127.0.0.1', port: 0 }), workerOf }
}

const { hostUrl, platformUrl, workerOf } = await buildSites()
const browser = await launchChromium(t)
const page = await browser.newPage()
await page.goto(platformUrl)

for (const kind of KINDS) {
  t.test(`a ${kind} worker answers start, ping and end on a page of another origin`, async t => {
    const url = hostUrl + workerOf(kind).path
    for (const [name, timeoutMs, expected] of [['start', 1000, null], ['ping', 1000, null], ['end', 1000, null], ['ping', -1, `${kind} says no`]]) {
      const found = await page.evaluate(`askWorker(${JSON.stringify({ url, attemptExternalId: 'ext-1' })}, '${name}', { limitMs: 20_000, timeoutMs: ${timeoutMs} }).then(() => null, error => error.message)`)
      t.equal(found, expected, `${name} with ${timeoutMs} ms`)
    }
  })
}

t.test('a page of another origin may check the script against its integrity, and another script does not pass', async t => {
  const load = (kind: string, integrity: string) =>
    page.evaluate(`fetch(${JSON.stringify(hostUrl + workerOf(kind).path)}, { integrity: '${integrity}' }).then(answer => answer.headers.get('cache-control'), () => 'refused')`)
  t.equal(await load('module', workerOf('module').integrity), 'public, max-age=31536000, immutable')
  t.equal(await load('module', workerOf('classic').integrity), 'refused')
})
