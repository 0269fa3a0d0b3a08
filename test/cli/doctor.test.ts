import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { stringify } from 'yaml'
import t, { type Test } from 'tap'
import { createCli } from '../helper/cli.ts'
import { createTestDatabase } from '../helper/database.ts'
import { startSmtpSink } from '../helper/smtp-sink.ts'

interface Finding { what: string, state: string, found: string, todo: string }

async function startHttp (t: Test, answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => new Promise(resolve => { server.close(resolve); server.closeAllConnections() }))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a listening TCP server has such an address
}

async function buildScene (t: Test, url: string) {
  return async (config: object) => {
    const cwd = t.testdir({ 'own.yaml': stringify({ database: { url }, auth: { jwt: { secret: 'a-secret-of-at-least-thirty-two-bytes' } }, ...config }) })
    const run = await createCli({ cwd, env: {} })('doctor', '--config', 'own.yaml', '--json')
    const findings = run.json<Finding[]>()
    return { code: run.code, of: (what: string) => findings.find(finding => finding.what === what), findings }
  }
}

t.test('a sound installation is said to be so', async t => {
  const { url } = await createTestDatabase(t)
  const smtp = await startSmtpSink(t)
  const platform = await startHttp(t, (request, response) => {
    if (request.url === '/keys') response.end('{"keys":[{"kty":"RSA"}]}')
    else response.setHeader('content-type', 'application/json').end('{"result": false}')
  })
  const examine = await buildScene(t, url)
  const { code, findings } = await examine({
    auth: { jwt: { jwks_url: `${platform}/keys` } },
    providers: { default: 'mock', enabled: { mock: { package: '@invigil/mock' } } },
    lms: { adapter: 'http', services_url: `${platform}/services` },
    email: { smtp_url: smtp.url },
  })
  t.same(findings.map(({ what, state }) => `${state} ${what}`), ['ok configuration', 'ok database', 'ok migrations', 'ok effects', 'ok provider mock', 'ok platform services', 'ok tokens', 'ok e-mail'])
  t.equal(code, 0)
})

t.test('what is wrong is named, with what to do about it', async t => {
  const { url } = await createTestDatabase(t)
  const examine = await buildScene(t, url)
  const refusing = await startHttp(t, (_request, response) => { response.writeHead(403).end('{}') })
  const { code, of } = await examine({
    auth: { jwt: { jwks_url: `${refusing}/keys` } },
    providers: {
      default: 'acme',
      enabled: {
        acme: { package: '@invigil/rest', options: { base_url: refusing, client_id: 'a', client_secret: 'a-secret-0123456789' } },
        gone: { package: '@invigil/not-there' },
      },
    },
    lms: { adapter: 'http', services_url: `${refusing}/services`, token: 'wrong' },
    email: { smtp_url: 'smtp://127.0.0.1:1' },
  })
  t.equal(code, 1)
  t.match(of('provider acme'), { state: 'wrong', found: /@invigil\/rest .*getConfiguration failed/, todo: /credentials/ })
  t.match(of('provider gone'), { state: 'wrong', found: /@invigil\/not-there/, todo: /npm install/ })
  t.match(of('platform services'), { state: 'wrong', found: /refuses the token \(403\)/, todo: 'Correct lms.token.' })
  t.match(of('tokens'), { state: 'wrong', found: /answers 403 and no keys/ })
  t.match(of('e-mail'), { state: 'wrong', found: /ECONNREFUSED/, todo: /smtp_url/ })
})

t.test('a configuration with faults is told fault by fault, and nothing else is tried', async t => {
  const examine = await buildScene(t, 'postgres://127.0.0.1:1/invigil')
  const { code, findings } = await examine({ server: { prot: 1 }, settings: { low_threshold_pct: 7 } })
  t.equal(code, 1)
  t.match(findings.map(({ what, state, todo }) => ({ what, state, todo })), [{ what: 'configuration server.prot', state: 'wrong', todo: /port/ }, { what: 'configuration settings.low_threshold_pct', state: 'wrong' }])
})

t.test('a database that is away, empty or ahead is told apart', async t => {
  const away = await (await buildScene(t, 'postgres://127.0.0.1:1/invigil'))({})
  t.match(away.of('database'), { state: 'wrong', found: /Nothing answers at the database's address/ })

  const empty = await createTestDatabase(t, { key: 'empty', migrate: async () => {} })
  const fresh = await (await buildScene(t, empty.url))({})
  t.match(fresh.of('database'), { state: 'ok', found: /^PostgreSQL \d+/ })
  t.match(fresh.of('migrations'), { state: 'note', todo: /invigil migrate up/ })
  t.equal(fresh.code, 0, 'a start mends that')
  t.match(fresh.of('platform services'), { state: 'note', found: /none/ })
  t.match(fresh.of('e-mail'), { state: 'note' })

  const pg = await import('pg')
  const full = await createTestDatabase(t)
  const client = new pg.default.Client({ connectionString: full.url })
  await client.connect()
  await client.query("insert into invigil_migrations (name) values ('9999-of-the-future')")
  await client.query("insert into effect (subject, stream, kind, payload, idempotency_key, created_at, due_at, state) values ('a', 'a|lms', 'lms', '{}', 'x', now(), now(), 'dead')")
  await client.end()
  const ahead = await (await buildScene(t, full.url))({})
  t.match(ahead.of('migrations'), { state: 'wrong', found: /9999-of-the-future/ })
  t.match(ahead.of('effects'), { state: 'note', found: '0 waiting, 1 given up', todo: /effects retry --dead/ })
})

t.test('people read lines, the fault first in sight', async t => {
  const { url } = await createTestDatabase(t)
  const cwd = t.testdir({ 'own.yaml': stringify({ database: { url }, providers: { default: 'gone', enabled: { gone: { package: '@invigil/not-there' } } } }) })
  const { code, out } = await createCli({ cwd, env: {} })('doctor', '--config', 'own.yaml')
  t.equal(code, 1)
  t.match(out, /^ok {5}configuration: complete and valid\n/)
  t.match(out, /\nWRONG {2}provider gone: .*\n {7}Run 'npm install @invigil\/not-there'/)
  t.match(out, /\nWRONG {2}tokens: neither/)
})
