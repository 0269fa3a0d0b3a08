import { extname } from 'node:path'
import Fastify from 'fastify'
import type { Page, Route } from 'playwright-core'
import { bundleAsset } from '../../browser/bundle.ts'
import { describePackage } from '../../package.ts'
import type { WorkerAsset } from '../../provider/registry.ts'
import { NotChecked } from '../check.ts'
import type { VendorStub } from '../define-conformance.ts'
import type { Target } from '../target/target.ts'
import { NoBrowser, openChromium } from './chromium.ts'
import type { Exchange, ExchangeOptions } from './page-script.ts'

/** A real page on loopback with the provider's script, and the world outside it in our hands. */
export interface WorkerPage {
  exchange (options: Omit<ExchangeOptions, 'url'>): Promise<Exchange>
  globals (): Promise<string[]>
  /** Addresses outside the page that the script called since the last look. */
  takeCalls (): string[]
  /** Who answers these calls; null = nobody, the connection is refused. */
  setApplication (application: VendorStub | null): void
  close (): Promise<void>
}

const PAGE = '<!doctype html><html lang="en"><title>Exam</title><h1>Exam</h1><script src="/page.js"></script>'

export async function openWorkerPage (target: Target, worker: WorkerAsset): Promise<WorkerPage> {
  const { browser, close: closeBrowser } = await openChromium([target.folder, describePackage().root]).catch((error: unknown) => {
    throw error instanceof NoBrowser ? new NotChecked(error.message) : error
  })
  const site = await serve(worker)
  const closeAll = async () => { await closeBrowser(); await site.close() }
  try {
    const page = await browser.newPage()
    const outside = await guard(page, site.url)
    await page.goto(site.url)
    const url = site.url + worker.path
    return {
      ...outside,
      exchange: options => inPage<Exchange>(page, `invigilKit.exchange(${JSON.stringify({ ...options, url })})`),
      globals: () => inPage<string[]>(page, `invigilKit.globalsOf(${JSON.stringify(url)}, 5000)`),
      close: closeAll,
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** What the page answers was put together by our own script in it. */
const inPage = async <T> (page: Page, script: string): Promise<T> => await page.evaluate(script) as T

async function serve ({ path, body }: WorkerAsset) {
  const script = await bundleAsset('kit', new URL(`./page-script${extname(import.meta.filename)}`, import.meta.url), '')
  const app = Fastify()
  app.get('/', async (_request, reply) => reply.type('text/html').send(PAGE))
  app.get('/page.js', async (_request, reply) => reply.type(script.contentType).send(script.content))
  app.get(path, async (_request, reply) => reply.header('access-control-allow-origin', '*').type('text/javascript; charset=utf-8').send(body))
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() }
}

/** Nothing leaves this machine: calls beyond the page's own site are written down and answered here. */
async function guard (page: Page, ownUrl: string) {
  const calls: string[] = []
  let application: VendorStub | null = null
  await page.context().route('**', async route => {
    const { url } = { url: route.request().url() }
    if (url.startsWith(ownUrl)) return route.continue()
    calls.push(url)
    return answer(route, application)
  })
  return {
    takeCalls: () => calls.splice(0),
    setApplication (next: VendorStub | null) { application = next },
  }
}

const OPEN_TO_ALL = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'access-control-allow-methods': '*' }

async function answer (route: Route, application: VendorStub | null): Promise<void> {
  if (application === null) return route.abort('connectionrefused')
  const asked = route.request()
  if (asked.method() === 'OPTIONS') return route.fulfill({ status: 204, headers: OPEN_TO_ALL })
  const body = asked.postData()
  const response = await application.fetch(new Request(asked.url(), { method: asked.method(), headers: asked.headers(), ...(body !== null && { body }) }))
  await route.fulfill({ status: response.status, headers: { ...Object.fromEntries(response.headers), ...OPEN_TO_ALL }, body: await response.text() })
}
