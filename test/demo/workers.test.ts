import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import t, { type Test } from 'tap'
import { launchChromium } from '../helper/chromium.ts'
import { EXAM, LEARNER, startDemoVendor, startInvigil } from './vendor/helper.ts'

/** Bundles a worker as the host does: one classic script. */
async function bundle (path: string): Promise<string> {
  const { outputFiles } = await build({ entryPoints: [path], bundle: true, format: 'iife', write: false, platform: 'browser' })
  return outputFiles[0]?.text ?? ''
}

/** Serves the script, and an empty page of another origin than the vendor's, as the exam page is. */
async function serve (t: Test, script: string): Promise<string> {
  const server = createServer((request, response) => request.url === '/worker.js'
    ? response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    : response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>exam</title>'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => { server.closeAllConnections(); server.close() })
  // a TCP server has an address with a port once it listens
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

interface Answer { type?: string, error?: { message?: string } }

/** Asks a fresh worker, as the page does: a blob that imports the script, then the messages; the first answer counts. */
async function createAsk (t: Test, script: string): Promise<(...messages: object[]) => Promise<Answer>> {
  const origin = await serve(t, script)
  const page = await (await launchChromium(t)).newPage()
  await page.goto(origin)
  return (...messages) => page.evaluate(({ url, messages }) => new Promise<Answer>(resolve => {
    const worker = new Worker(URL.createObjectURL(new Blob([`importScripts('${url}')`], { type: 'text/javascript' })))
    worker.onmessage = ({ data }) => {
      worker.terminate()
      resolve({ type: data.type, ...(data.error && { error: { message: data.error.message } }) })
    }
    for (const message of messages) worker.postMessage(message)
  }), { url: `${origin}/worker.js`, messages })
}

t.test('the mock worker agrees to everything', async t => {
  const ask = await createAsk(t, await bundle('plugins/mock/worker.ts'))
  t.same(await ask({ type: 'startExamAttempt', timeout: 1000 }), { type: 'examAttemptStarted' })
  t.same(await ask({ type: 'ping', timeout: 1000, attemptExternalId: 'x' }), { type: 'echo' })
  t.same(await ask({ type: 'endExamAttempt' }), { type: 'examAttemptEnded' })
})

t.test('the demo worker says what the simulated application does', async t => {
  const invigil = await startInvigil(t)
  const vendor = await startDemoVendor(t, { invigilUrl: invigil.url })
  const attempts = `/api/v1/exam/${await vendor.create('/api/v1/exam/', EXAM)}/attempt/`
  const id = await vendor.create(attempts, LEARNER)
  const askAny = await createAsk(t, await bundle('demo/provider/worker.ts'))
  const config = { type: 'config', options: { vendorUrl: `${vendor.url}/` } }
  const ask = (type: string, fields: object = { attemptExternalId: id, timeout: 2000 }) => askAny(config, { type, ...fields })

  t.match(await ask('startExamAttempt'), { type: 'examAttemptStartFailed', error: { message: /not watching/ } })
  await vendor.press(`/app/${id}/ready`)
  t.same(await ask('startExamAttempt'), { type: 'examAttemptStarted' })
  t.same(await ask('ping'), { type: 'echo' })
  t.same(await ask('ping', {}), { type: 'echo' }, 'neither id nor timeout: pages of the older kind')
  t.match(await ask('ping', { attemptExternalId: 'da-other' }), { type: 'pingFailed' })
  t.same(await ask('endExamAttempt', { attemptExternalId: id, timeout: 0 }), { type: 'examAttemptEnded' })
  t.match(await ask('ping'), { type: 'pingFailed', error: { message: /not watching/ } }, 'the end closed the application')
  const lost = { type: 'config', options: { vendorUrl: 'http://127.0.0.1:1' } }
  t.match(await askAny(lost, { type: 'ping', timeout: 2000 }), { type: 'pingFailed', error: { message: /does not answer/ } })
})

t.test('the vendor\'s pages work by keyboard under their own policy, and the console keeps itself fresh', async t => {
  const invigil = await startInvigil(t)
  const vendor = await startDemoVendor(t, { invigilUrl: invigil.url })
  const attempts = `/api/v1/exam/${await vendor.create('/api/v1/exam/', EXAM)}/attempt/`
  const page = await (await launchChromium(t)).newPage()
  const faults: string[] = []
  page.on('console', message => { if (message.type() === 'error') faults.push(message.text()) })
  page.on('pageerror', error => faults.push(error.message))

  await page.goto(`${vendor.url}/console`)
  const id = await vendor.create(attempts, LEARNER)
  await page.getByRole('link', { name: 'Ada <Lovelace>' }).waitFor({ timeout: 10_000 })
  await page.getByRole('link', { name: 'Ada <Lovelace>' }).click()
  await page.getByRole('button', { name: 'I am ready' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText('The application is running').waitFor()
  t.equal(invigil.callbacks.length, 1)

  await page.goto(`${vendor.url}/console`)
  await page.getByRole('button', { name: 'Pass: Ada <Lovelace>' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText(`the review of ${id} is "passed"`).waitFor()
  await page.getByLabel('Outage').selectOption('busy')
  await page.getByRole('button', { name: 'Set', exact: true }).click()
  await page.getByText('The switches are set.').waitFor()
  t.equal((await vendor.call('GET', '/api/v1/config/')).status, 503)
  t.same(faults, [])
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/vendor-console.png`, fullPage: true })
})
