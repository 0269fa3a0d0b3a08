import { stringify } from 'yaml'
import t, { type Test } from 'tap'
import { looksLikePlaceholder } from '../../core/cli/doctor/check-credentials.ts'
import { createCli } from '../helper/cli.ts'
import { createTestDatabase } from '../helper/database.ts'
import { freePort } from '../helper/free-port.ts'
import { buildBadNight, startBrokenVendor } from '../operate/scene.ts'

interface Finding { what: string, state: string, found: string, todo: string }

const MOCK = { package: '@invigil/mock' }
const CALLBACK = { client_id: 'the-vendor', client_secret: '8c1f0e7b2a964d35b0c7e1f2' }

/** Looks with a configuration, and answers what is said of a thing. */
async function examine (t: Test, url: string, config: object) {
  const cwd = t.testdir({ 'own.yaml': stringify({ database: { url }, auth: { jwt: { secret: 'a-secret-of-at-least-thirty-two-bytes' } }, ...config }) })
  const { code, out, err, json } = await createCli({ cwd, env: {} })('doctor', '--config', 'own.yaml', '--json')
  if (out === '') throw new Error(err)
  const findings = json<Finding[]>()
  return { code, out, about: (what: string) => findings.filter(finding => finding.what === what) }
}

t.test('what people write where a secret should be is told from secrets', async t => {
  const placeholders = ['change-me', 'CHANGE_ME please', 'changeit', 'your-secret-here', 'insert-the-key', 'replace me', 'TODO', 'example-secret', 'secret', 'password', 'xxx', '...', '<secret of the vendor>', '0000000000000000', 'aaaa', '1234567890', '0123456789012345']
  const secrets = ['8c1f0e7b2a964d35b0c7e1f2', 'secretary-of-4-states', 'a-secret-0123456789', 'passwords-are-long', 'Xx9', '']
  t.same(placeholders.filter(text => !looksLikePlaceholder(text)), [])
  t.same(secrets.filter(looksLikePlaceholder), [])
})

t.test('credentials that are none are named by their key, and never shown', async t => {
  const { url } = await createTestDatabase(t)
  const vendor = await startBrokenVendor(t)
  const rest = (secret: string) => ({ package: '@invigil/rest', options: { base_url: vendor, client_id: 'us', client_secret: secret } })
  const { code, out, about } = await examine(t, url, {
    providers: {
      default: 'good',
      enabled: {
        good: { ...rest('0b64ad2f8c7e4d15'), callback: CALLBACK },
        left: { ...rest('change-me-to-the-secret'), callback: { client_id: 'left-vendor', client_secret: '1234567890123456' } },
        shown: { ...rest('demo-only-0123456789'), callback: { client_id: 'shown-vendor', client_secret: 'demo-only-9876543210' } },
        silent: rest('77aa0b64ad2f8c7e4d'),
      },
    },
  })
  t.equal(code, 1)
  t.match(about('provider left'), [
    { state: 'wrong', found: 'providers.enabled.left.options.client_secret looks like a placeholder', todo: /openssl rand/ },
    { state: 'wrong', found: 'providers.enabled.left.callback.client_secret looks like a placeholder' },
    { state: 'wrong', found: /its vendor|getConfiguration/ },
  ])
  t.match(about('provider shown').map(({ found }) => found), ['providers.enabled.shown.options.client_secret is the public key of the demo', 'providers.enabled.shown.callback.client_secret is the public key of the demo', /./])
  t.match(about('provider silent'), [{ state: 'wrong', found: /getConfiguration failed/ }, { state: 'note', found: 'has no callback credentials', todo: /providers\.enabled\.silent\.callback/ }])
  t.equal(about('provider good').length, 1, 'of good credentials nothing is said')
  for (const secret of ['change-me-to', '1234567890123456', 'demo-only', '0b64ad2f', CALLBACK.client_secret]) t.notOk(out.includes(secret))
})

t.test('the keys of the demo are right in the demo', async t => {
  const { url } = await createTestDatabase(t)
  const { about } = await examine(t, url, { demo: { enabled: true }, providers: { default: 'mock', enabled: { mock: { ...MOCK, callback: { client_id: 'm', client_secret: 'demo-only-0123456789' } } } } })
  t.same(about('provider mock').map(({ state }) => state), ['ok'])
})

t.test('a default that serves nobody, or not everybody, is told', async t => {
  const { url } = await createTestDatabase(t)
  const told = async (name: string | null, entry: object) => {
    const { about } = await examine(t, url, { providers: { default: name, enabled: { mock: MOCK, other: entry } } })
    t.match(about('provider mock'), [{ state: 'ok' }], 'the others are looked at all the same')
    return [...about('default provider'), ...about('providers')]
  }
  t.match(await told('other', { retired: true }), [{ state: 'wrong', found: '"other" is retired', todo: /or to null/ }])
  t.match(await told('other', { package: '@invigil/not-there', on_boot_failure: 'disable' }), [{ state: 'wrong', found: '"other" cannot be loaded', todo: /503/ }])
  t.match(await told('nobody', MOCK), [{ state: 'wrong', found: '"nobody" is not under providers.enabled', todo: 'Set providers.default to one of: mock, other.' }])
  t.match(await told('other', { ...MOCK, organizations: ['edX'] }), [{ state: 'note', found: '"other" serves some courses only' }])
  t.match(await told(null, MOCK), [{ state: 'note', found: 'no default' }])
  t.same(await told('other', MOCK), [])
})

t.test('what the records still say of providers, and the circuits of the running service', async t => {
  const { url } = await createTestDatabase(t)
  const port = await freePort()
  const server = { host: '127.0.0.1', port, metrics_token: 'a-token-for-metrics' }
  const app = await buildBadNight(t, { databaseUrl: url, server })
  await app.listen({ host: '127.0.0.1', port })
  const vendor = await startBrokenVendor(t)
  const acme = { package: '@invigil/rest', options: { base_url: vendor, client_id: 'us', client_secret: '0b64ad2f8c7e4d15' }, callback: CALLBACK }
  const enabled = { mock: { ...MOCK, organizations: ['Elsewhere'] }, acme, old: { retired: true } }
  const OPEN = /failed too often, and the running service/

  const { code, about } = await examine(t, url, { server, providers: { default: 'mock', enabled } })
  t.equal(code, 1)
  t.match(about('provider gone'), [{ state: 'wrong', found: 'is not configured, and 1 active exams and 0 learners in an exam name it', todo: 'Put it back, or write gone: { retired: true } under providers.enabled.' }])
  t.match(about('provider old'), [{ state: 'note', found: 'is retired, and 1 active exams name it', todo: /503/ }, { state: 'ok' }])
  t.match(about('provider acme'), [
    { state: 'note', found: '2 deliveries to it were given up', todo: /effects list --state dead --provider acme.*effects retry --provider acme/ },
    { state: 'wrong', found: /getConfiguration failed/ },
    { state: 'wrong', found: OPEN, todo: /\/operate\/providers/ },
  ])
  t.match(about('provider mock').filter(({ state }) => state === 'note'), [
    { found: 'its courses and organizations match no course that has exams here', todo: /providers\.enabled\.mock/ },
    { found: '1 active exams name it in courses it is not allowed for, e.g. course-v1:edX+Demo+2030', todo: /widen the allow-list/ },
  ])

  const open = async (changes: object) => (await examine(t, url, { server: { ...server, ...changes }, providers: { default: 'mock', enabled: { mock: MOCK, acme } } })).about('provider acme').filter(({ found }) => OPEN.test(found)).length
  t.equal(await open({ host: '0.0.0.0' }), 1, 'a service that listens everywhere is asked here')
  t.equal(await open({ metrics_token: 'another-token' }), 0, 'a service that does not let the doctor in is not blamed')
  await app.close()
  t.equal(await open({}), 0, 'nor one that does not run')
})
