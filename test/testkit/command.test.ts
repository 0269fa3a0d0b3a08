import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { CONTRACT_VERSION } from '../../core/provider/index.ts'
import type { ConformanceReport } from '../../core/testkit/index.ts'
import { CLIENT, startDemoVendor } from '../demo/vendor/helper.ts'
import { createCli } from '../helper/cli.ts'
import { databaseServer, FIXTURES } from './kit.ts'

t.setTimeout(300_000)

const ROOT = join(import.meta.dirname, '../..')
const fixture = (name: string) => join(FIXTURES, name)

t.test('the command prints a line per check, writes report and badge, and ends with 0', async t => {
  const folder = t.testdir({})
  const invigil = createCli({ cwd: ROOT })
  const { code, out } = await invigil('conformance', fixture('good'), '--only', 'definition,methods', '--report', join(folder, 'report.json'), '--badge', join(folder, 'badge.svg'))
  t.equal(code, 0, out)
  t.match(out, /^ {2}ok {11}methods\.registerAttempt +registerAttempt answers/m)
  t.match(out, /conformance-good 1\.0\.0 conforms: \d+ passed/)
  const report: ConformanceReport = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))
  t.match(report, { package: { name: 'conformance-good', version: '1.0.0' }, entries: ['good'], contract: CONTRACT_VERSION, conformant: true, counts: { failed: 0 } })
  const image = await readFile(join(folder, 'badge.svg'), 'utf8')
  t.ok(image.startsWith('<svg ') && image.includes(`conforms to ${CONTRACT_VERSION}<`) && image.endsWith('</svg>\n'), image)
})

t.test('what fails is told with what was expected, found and to be done, and ends with 1', async t => {
  const invigil = createCli({ cwd: ROOT })
  const { code, out } = await invigil('conformance', fixture('unmarked-secret'), '--only', 'definition')
  t.equal(code, 1)
  t.match(out, /FAILED +definition\.secrets-marked[^]*expected +the option "api_key" to be made by Secret\(\)\n +found +a plain text[^\n]*\n +to do +Use Secret\(/)
  const asJson = await invigil('conformance', fixture('unmarked-secret'), '--only', 'definition', '--json')
  t.match(asJson.json<ConformanceReport>(), { conformant: false, counts: { failed: 1 } })
})

t.test('options of an operator replace those of the conformance file', async t => {
  const folder = t.testdir({ 'options.yaml': 'api_url: https://other.example\napi_key: another-key-to-look-for\ncolour: red\n' })
  const { out, code } = await createCli({ cwd: ROOT })('conformance', fixture('good'), '--only', 'definition', '--options', join(folder, 'options.yaml'))
  t.equal(code, 1)
  t.match(out, /FAILED +definition\.starts[^]*found +'colour'/)
})

t.test('without a browser the worker is not checked, and the run does not pass unless that is asked for', async t => {
  const invigil = createCli({ cwd: ROOT })
  process.env.CHROME_PATH = '/nowhere/chromium'
  t.teardown(() => { delete process.env.CHROME_PATH })
  const { code, out } = await invigil('conformance', fixture('good'), '--only', 'worker,static')
  t.equal(code, 1)
  t.match(out, /NOT CHECKED +worker\.answers-start .*Chromium at \/nowhere\/chromium could not be started/)
  const skipped = await invigil('conformance', fixture('good'), '--only', 'worker,static', '--skip', 'worker')
  t.equal(skipped.code, 0, skipped.out)
  t.match(skipped.out, /skipped +worker\.answers-start/)
})

t.test('a provider that keeps a timer is found, and does not keep the command', async t => {
  const ended = await new Promise<{ code: unknown, out: string }>(resolve => {
    execFile(process.execPath, ['core/cli.ts', 'conformance', fixture('keeps-timer'), '--only', 'definition,closing'], { cwd: ROOT, timeout: 120_000 }, (error, out) => resolve({ code: error ? error.code : 0, out }))
  })
  t.equal(ended.code, 1)
  t.match(ended.out, /ok +closing\.in-time[^]*FAILED +closing\.no-handles[^]*kept alive by 1 × Timeout/)
})

t.test('what is not understood ends with 2', async t => {
  const cases: [string[], RegExp][] = [
    [['conformance'], /target is missing/],
    [['conformance', 'no-such-package-anywhere'], /Expected "no-such-package-anywhere" to be a folder, an installed package or an address/],
    [['conformance', fixture('good'), '--skip', 'wroker'], /no check or group "wroker"/],
    [['conformance', fixture('good'), '--entry', 'other'], /no entry point "other"; expected one of good/],
    [['conformance', fixture('good'), '--client-id', 'x'], /go with an address/],
    [['conformance', 'https://vendor.example', '--client-id', 'x'], /needs --client-id ID and --client-secret-env NAME/],
    [['conformance', 'https://vendor.example', '--client-id', 'x', '--client-secret-env', 'NOT_SET'], /variable NOT_SET to hold the secret/],
  ]
  for (const [argv, text] of cases) t.match(await createCli({ cwd: ROOT })(...argv), { code: 2, out: '', err: text }, argv.join(' '))
})

t.test('a vendor is tried by its address', async t => {
  const { url } = await startDemoVendor(t)
  const invigil = createCli({ cwd: ROOT, env: { SECRET_AT_VENDOR: CLIENT.clientSecret, DATABASE_URL: await databaseServer() } })
  const { code, out } = await invigil('conformance', url, '--client-id', CLIENT.clientId, '--client-secret-env', 'SECRET_AT_VENDOR', '--json')
  const { results }: ConformanceReport = JSON.parse(out)
  t.same(results.filter(({ state }) => state === 'failed' || state === 'not_checked').map(({ id, problems, reason }) => ({ id, problems, reason })), [])
  t.equal(code, 0)
  t.same([...new Set(results.map(({ group }) => group))].sort(), ['methods', 'states', 'vendor'])
  t.notMatch(out, CLIENT.clientSecret)

  const wrong = createCli({ cwd: ROOT, env: { SECRET_AT_VENDOR: 'wrong' } })
  const refused = await wrong('conformance', url, '--client-id', CLIENT.clientId, '--client-secret-env', 'SECRET_AT_VENDOR', '--only', 'vendor')
  t.equal(refused.code, 1)
  t.match(refused.out, /FAILED +vendor\.token[^]*found +401/)
})
