import fastify, { type FastifyInstance } from 'fastify'
import t from 'tap'
import { launchChromium } from '../helper/chromium.ts'
import { bundleSource } from '../helper/script.ts'

/** One provider script per behaviour that a page may meet. */
const WORKERS = {
  good: `handlerWrapper(class {
    async onStartExamAttempt (timeout, id) { return { timeout, id } }
    async onEndExamAttempt (id) {}
    async onPing (timeout, id) {}
  })`,
  failing: `handlerWrapper(class {
    onStartExamAttempt () { return Promise.reject({ message: 'no camera' }) }
    onEndExamAttempt () { return Promise.reject('still uploading') }
    onPing () { return Promise.reject(new Error('application is gone')) }
  })`,
  empty: 'handlerWrapper(class {})',
  uncloneable: 'handlerWrapper(class { onPing () { return Promise.reject(() => 1) } })',
  throwing: 'handlerWrapper(class { onPing () { throw new Error("thrown at once") } })',
  telling: `handlerWrapper(class {
    constructor (options) { this.options = options }
    onPing (timeout, id) { return Promise.reject(JSON.stringify([this.options, typeof timeout, timeout ?? null, id ?? null])) }
  })`,
}
/** Written without the wrapper: what must not irritate the page. */
const RAW_WORKERS = {
  noisy: `onmessage = () => {
    for (const message of [null, 'hello', { type: 'debug' }, { type: 'examAttemptEnded' }, { type: 'echo' }, { type: 'pingFailed', error: 'too late' }, { type: 'echo' }]) postMessage(message)
  }`,
  counting: 'onmessage = () => { setInterval(() => fetch(location.origin + "/alive"), 50); postMessage({ type: "pingFailed", error: "no" }) }',
  broken: 'this is not a script',
}
const pageCsp = (otherScripts = '') => `default-src 'none'; script-src 'self' ${otherScripts}; worker-src blob:; connect-src 'self'`

interface Site { url: string, otherUrl: string, aliveCalls: () => number }

async function listen (t: Tap, routes: (app: FastifyInstance) => void): Promise<string> {
  const app = fastify()
  routes(app)
  t.teardown(() => app.close())
  return app.listen({ host: '127.0.0.1', port: 0 })
}
type Tap = typeof t

async function serveSite (t: Tap): Promise<Site> {
  const scripts = new Map<string, string>(Object.entries(RAW_WORKERS))
  for (const [name, body] of Object.entries(WORKERS)) {
    scripts.set(name, await bundleSource(`import { handlerWrapper } from './worker.ts'\n${body}`))
  }
  const page = await bundleSource("import { askWorker } from './ask-worker.ts'\nObject.assign(globalThis, { askWorker })")
  let alive = 0
  const serveWorkers = (app: FastifyInstance) => app.get<{ Params: { name: string } }>('/workers/:name', async (request, reply) =>
    reply.type('text/javascript').send(scripts.get(request.params.name)))
  const otherUrl = await listen(t, serveWorkers)
  const url = await listen(t, app => {
    for (const [path, csp] of [['/', pageCsp()], ['/open', pageCsp(otherUrl)]] as const) {
      app.get(path, async (_request, reply) => reply.header('content-security-policy', csp).type('text/html').send('<!doctype html><title>page</title><script src="/page.js"></script>'))
    }
    app.get('/page.js', async (_request, reply) => reply.type('text/javascript').send(page))
    app.get('/alive', async () => { alive++; return 'yes' })
    serveWorkers(app)
  })
  return { url, otherUrl, aliveCalls: () => alive }
}

// Real browsers on a busy machine need more than the usual half minute.
t.setTimeout(120_000)
const site = await serveSite(t)
const browser = await launchChromium(t)

/** One exchange in a fresh page: null, or the reason of the failure. */
async function ask (worker: string, name: 'start' | 'end' | 'ping', facts: object = {}, limits: object = {}, base = site.url, path = '/'): Promise<string | null> {
  const page = await browser.newPage()
  await page.goto(site.url + path)
  // Inside the page `askWorker` is what the bundled script put there.
  const outcome = await page.evaluate(`askWorker(${JSON.stringify({ url: `${base}/workers/${worker}`, ...facts })}, '${name}', ${JSON.stringify({ limitMs: 20_000, ...limits })}).then(() => null, error => error.message)`)
  await page.close()
  return typeof outcome === 'string' ? outcome : null
}

t.test('every exchange of a willing script succeeds, under a strict content policy', async t => {
  for (const name of ['start', 'end', 'ping'] as const) t.equal(await ask('good', name, { attemptExternalId: 'ext-1' }, { timeoutMs: 500 }), null)
})

t.test('a rejection arrives with its reason, whatever its type', async t => {
  t.equal(await ask('failing', 'start'), 'no camera')
  t.equal(await ask('failing', 'end'), 'still uploading')
  t.equal(await ask('failing', 'ping'), 'application is gone')
})

t.test('a reason that cannot be cloned does not silence the failure', async t => {
  t.equal(await ask('uncloneable', 'ping'), '() => 1')
})

t.test('Q79: a script that never answers is given up by the page itself', async t => {
  t.match(await ask('empty', 'ping', {}, { limitMs: 300 }), /did not answer within 300 ms/)
})

t.test('a script that throws or cannot be read fails at once, not at the limit', async t => {
  t.match(await ask('throwing', 'ping'), /thrown at once/)
  t.match(await ask('broken', 'ping'), /SyntaxError|could not be run/)
})

t.test('the handler sees options, time-out and attempt id, and undefined where the page has none', async t => {
  t.same(JSON.parse(await ask('telling', 'ping', { attemptExternalId: 'ext-7', options: { vendorUrl: 'http://v' } }, { timeoutMs: 5000 }) ?? ''),
    [{ vendorUrl: 'http://v' }, 'number', 5000, 'ext-7'])
  t.same(JSON.parse(await ask('telling', 'ping') ?? ''), [{}, 'undefined', null, null])
})

t.test('messages that answer another question are passed over, and the first answer decides', async t => {
  t.equal(await ask('noisy', 'ping'), null)
})

t.test('Q58: the worker is gone after a failure as well', async t => {
  const page = await browser.newPage()
  await page.goto(site.url)
  await page.evaluate(`askWorker({ url: '${site.url}/workers/counting' }, 'ping', { limitMs: 20000 }).catch(() => {})`)
  const before = site.aliveCalls()
  await page.waitForTimeout(500)
  // A call or two may have been under way; a living worker would have made ten.
  t.ok(site.aliveCalls() - before <= 2, `${site.aliveCalls() - before} calls after the end`)
})

t.test('a script of another origin works when the host page allows it, and says why when not', async t => {
  t.equal(await ask('good', 'ping', {}, {}, site.otherUrl, '/open'), null)
  t.match(await ask('good', 'ping', {}, {}, site.otherUrl), /failed to load/)
})
