import t, { type Test } from 'tap'
import { buildApp } from './app.ts'

async function ask (t: Test, level: string, requests: { method: 'GET' | 'POST', url: string }[]) {
  const lines: string[] = []
  const app = await buildApp(t, {
    log: { level, stream: { write: line => { lines.push(line) } } },
    routes (app) {
      app.get('/thing', { config: { permission: 'public' } }, async () => ({}))
      app.post('/thing', { config: { permission: 'public' } }, async () => ({}))
    },
  })
  for (const request of requests) await app.inject({ ...request, headers: { 'x-request-id': 'mine' } })
  return lines.map(line => JSON.parse(line)).filter(({ msg }) => msg === 'request completed' || msg === 'incoming request')
}

t.test('a change is told in one line, with its id, path, status and time', async t => {
  const lines = await ask(t, 'info', [{ method: 'POST', url: '/thing' }])
  t.match(lines, [{ level: 30, reqId: 'mine', req: { method: 'POST', url: '/thing' }, res: { statusCode: 200 }, responseTime: Number }])
  t.equal(lines.length, 1)
})

t.test('a read that went well is told at debug only', async t => {
  t.same(await ask(t, 'info', [{ method: 'GET', url: '/thing' }]), [])
  t.match(await ask(t, 'debug', [{ method: 'GET', url: '/thing' }]), [{ level: 20, reqId: 'mine', res: { statusCode: 200 } }])
})

t.test('a read that was refused is told', async t => {
  t.match(await ask(t, 'info', [{ method: 'GET', url: '/nothing' }]), [{ level: 30, req: { url: '/nothing' }, res: { statusCode: 404 } }])
})
