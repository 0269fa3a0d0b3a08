import { fileURLToPath } from 'node:url'
import formbody from '@fastify/formbody'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import browserAssets from '../../core/http/browser-assets.ts'
import { createRenderer } from '../../core/interstitials/render.ts'
import { PAGE_SAMPLES } from '../interstitials/page-samples.ts'
import { bundleSource } from './script.ts'

/** A request a page made to the service, in order. */
export interface Call { method: string, path: string, body?: unknown }
export interface Answer { status?: number, json?: object }
/** Answers by `METHOD path`; a list is used up, its last answer stays. Anything else gets `{exam_attempt_id: 41}`. */
export type Answers = Record<string, Answer | Answer[]>

const API = '/api/edx_proctoring/v1/proctored_exam/attempt'
export const ATTEMPT = `${API}/41`
export const COLLECTION = API

const WORKERS = {
  good: 'handlerWrapper(class { async onStartExamAttempt () {} async onEndExamAttempt () {} async onPing () {} })',
  refusing: 'handlerWrapper(class { onStartExamAttempt () { return Promise.reject({ message: "no camera" }) } onEndExamAttempt () { return Promise.reject("busy") } onPing () { return Promise.reject({ message: "application is gone" }) } })',
  telling: `const tell = (...parts) => fetch(location.origin + '/told?' + new URLSearchParams({ said: parts.join(' ') })).then(() => {})
    addEventListener('message', ({ data }) => { if (data.type === 'endExamAttempt' && data.timeout !== undefined) tell('end with a time-out') })
    handlerWrapper(class { onStartExamAttempt (timeout, id) { return tell('start', timeout, id) } onEndExamAttempt (id) { return tell('end', id) } onPing (timeout, id) { return tell('ping', timeout, id) } })`,
}

/** A real site on loopback: pages as the service makes them, the real scripts, and an API that records and answers as told. */
export async function serveExamSite (t: { teardown (close: () => unknown): unknown }) {
  const app = fastify()
  await app.register(formbody)
  await app.register(browserAssets)
  const calls: Call[] = []
  let answers: Answers = {}
  let openPage: Page | undefined
  const renderer = createRenderer({ templatesDir: folder('templates'), localesDir: folder('locales'), cache: true })
  const workers = new Map<string, string>(await Promise.all(Object.entries(WORKERS).map(async ([name, body]) =>
    [`${name}.js`, await bundleSource(`import { handlerWrapper } from './worker.ts'\n${body}`)] as const)))

  app.get('/csrf/api/v1/token', async () => ({ csrfToken: 'token-1' }))
  app.get<{ Querystring: { said: string } }>('/told', async request => { calls.push({ method: 'WORKER', path: request.query.said }); return {} })
  app.get<{ Params: { name: string } }>('/workers/:name', async (request, reply) => reply.type('text/javascript').send(workers.get(request.params.name)))
  const api = async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.method !== 'GET' && request.headers['x-csrftoken'] !== 'token-1') return reply.code(403).send({ detail: 'CSRF' })
    calls.push({ method: request.method, path: request.url, ...(request.body ? { body: { ...request.body } } : {}) })
    const { status = 200, json = { exam_attempt_id: 41 } } = take(answers, `${request.method} ${request.url.split('?')[0]}`)
    return reply.code(status).send(json)
  }
  app.all('/api/*', api)
  app.get<{ Querystring: Record<string, string> }>('/page', async (request, reply) => {
    calls.push({ method: 'PAGE', path: request.query.view ?? 'timer' })
    return reply.header('content-security-policy', CSP).type('text/html').send(await buildPage(request.query))
  })

  async function buildPage ({ view = '', variant, worker, place = '', lang = 'en', scripts = 'interstitials' }: Record<string, string>): Promise<string> {
    const used = scripts.split(',').map(name => app.browserAssets.script(name === 'timer' ? 'timer' : 'interstitials'))
    const assets = { stylesheets: [toUrl(app.browserAssets.style('invigil'))], scripts: used.map(toUrl) }
    const sample = PAGE_SAMPLES.find(sample => sample.view === view && sample.variant === variant)
    if (!sample) return `<!doctype html><html lang="${lang}"><title>host</title>${used.map(({ path }) => `<script defer src="${path}"></script>`).join('')}<h1>Course</h1>${place}`
    const variables = { ...sample.variables, backend_js_bundle: worker ? `/workers/${worker}.js` : '', worker_integrity: null }
    return renderer.renderPage({ provider: null, view, variables, language: lang, document: true, assets })
  }

  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => app.close())
  return {
    url,
    calls,
    /** Opens a page, closes the former one, and forgets what was recorded before. */
    async open (browser: Browser, query: Record<string, string>, given: Answers = {}, prepare: (page: Page) => Promise<unknown> = async () => {}): Promise<Page> {
      await openPage?.close()
      const page = openPage = await browser.newPage()
      calls.length = 0
      answers = structuredClone(given)
      await prepare(page)
      await page.goto(`${url}/page?${new URLSearchParams(query)}`)
      return page
    },
    answer (given: Answers) { answers = structuredClone(given) },
    /** Waits for the nth request that fits; the text is `METHOD path` or a part of it. */
    async waitFor (text: string, count = 1): Promise<void> {
      for (let waited = 0; waited < 15_000; waited += 25) {
        if (calls.filter(call => `${call.method} ${call.path}`.includes(text)).length >= count) return
        await new Promise(resolve => setTimeout(resolve, 25))
      }
      throw new Error(`waited in vain for ${count} × "${text}"; there were ${JSON.stringify(calls)}`)
    },
  }
}
export type ExamSite = Awaited<ReturnType<typeof serveExamSite>>

/** As strict as a host may be; the worker's blob is the one thing it has to allow. */
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; worker-src blob:; connect-src 'self'; form-action 'self'; base-uri 'none'"

const folder = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))
const toUrl = ({ path, integrity }: { path: string, integrity: string }) => ({ url: path, integrity })

function take (answers: Answers, key: string): Answer {
  const answer = answers[key]
  if (!Array.isArray(answer)) return answer ?? {}
  return (answer.length > 1 ? answer.shift() : answer[0]) ?? {}
}
