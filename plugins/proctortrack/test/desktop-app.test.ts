import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { createDesktopApp } from '../desktop-app.ts'
import { Handler } from '../handler.ts'

/** A real server in the program's place; answers the nth request by the nth row, the last one from then on. */
async function startProgram (t: Test, ...rows: { status?: number, text?: string, cut?: boolean, silent?: boolean }[]) {
  const asked: string[] = []
  const listener: RequestListener = (request, response) => {
    const { status = 200, text = '', cut, silent } = rows[Math.min(asked.push(`${request.method} ${request.url}`), rows.length) - 1] ?? {}
    if (cut) request.socket.destroy()
    else if (!silent) response.writeHead(status, { 'content-type': 'application/json' }).end(text)
  }
  const server = createServer(listener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => { server.closeAllConnections(); server.close() })
  const { port } = server.address() as AddressInfo // a TCP server has an address with a port once it listens
  return { asked, app: createDesktopApp(`http://127.0.0.1:${port}`) }
}

async function timed (work: () => Promise<void>): Promise<{ ms: number, error: string | null }> {
  const start = performance.now()
  const error = await work().then(() => null, (reason: unknown) => reason instanceof Error ? reason.message : String(reason))
  return { ms: performance.now() - start, error }
}

t.test('a program that proctors lets the exam go on', async t => {
  const { app, asked } = await startProgram(t, { text: '{"proctoring": true}' })
  t.equal((await timed(() => app.assertProctoring(1000))).error, null)
  t.same(asked, ['GET /proxy_server/app/proctoring_started/'])
})

t.test('a program that runs without proctoring fails at once', async t => {
  for (const text of ['{"proctoring": false}', '{}', '[]']) {
    const { app, asked } = await startProgram(t, { text })
    const { ms, error } = await timed(() => app.assertProctoring(5000))
    t.match(error, /not proctoring/, text)
    t.ok(ms < 4000)
    t.equal(asked.length, 1)
  }
})

t.test('Q79: an unreadable answer fails at once instead of never', async t => {
  for (const text of ['', 'OK', '{"proctoring"', 'true', 'null']) {
    const { app } = await startProgram(t, { text })
    const { ms, error } = await timed(() => app.assertProctoring(5000))
    t.match(error, /cannot be read/, text)
    t.ok(ms < 4000)
  }
})

t.test('a program that is still starting is asked again', async t => {
  const { app, asked } = await startProgram(t, { cut: true }, { status: 503 }, { text: '{"proctoring": 1}' })
  const { ms, error } = await timed(() => app.assertProctoring(1000))
  t.equal(error, null)
  t.equal(asked.length, 3)
  t.ok(ms >= 350, `two pauses of a fifth of the limit, took ${ms} ms`)
})

t.test('Q79: whatever the program does, the answer comes within the limit, after five tries at most', async t => {
  for (const row of [{ cut: true }, { status: 500 }, { silent: true }]) {
    const { app, asked } = await startProgram(t, row)
    const { ms, error } = await timed(() => app.assertProctoring(500))
    t.match(error, /does not answer/)
    t.ok(ms < 2000, `${JSON.stringify(row)} took ${ms} ms of 500`)
    t.ok(asked.length <= 5 && asked.length >= ('silent' in row ? 1 : 2), `asked ${asked.length} times`)
  }
})

t.test('the end is told once', async t => {
  const good = await startProgram(t, { status: 204 })
  t.equal((await timed(() => good.app.close())).error, null)
  t.same(good.asked, ['GET /proxy_server/app/close_proctoring'])
  const bad = await startProgram(t, { status: 500 })
  t.match((await timed(() => bad.app.close())).error, /500/)
  t.equal(bad.asked.length, 1)
  const gone = await startProgram(t, { cut: true })
  t.match((await timed(() => gone.app.close())).error, /does not answer/)
  const silent = await startProgram(t, { silent: true })
  const { ms, error } = await timed(() => silent.app.close(200))
  t.match(error, /does not answer/)
  t.ok(ms < 2000)
})

t.test('the page\'s questions reach the program', async t => {
  const asked: unknown[] = []
  const handler = Object.assign(new Handler(), { app: { assertProctoring: async (limit?: number) => { asked.push(limit) }, close: async () => { asked.push('close') } } })
  await handler.onStartExamAttempt(60_000)
  await handler.onPing(50_000)
  await handler.onEndExamAttempt()
  t.same(asked, [60_000, 50_000, 'close'])
})
