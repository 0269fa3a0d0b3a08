import { join } from 'node:path'
import t from 'tap'
import type { ProviderEntry } from '../../core/config/schema.ts'
import { examFacts, registrationFacts } from '../../core/testkit/bench/facts.ts'
import { CALLBACK, CLIENT, startDemoVendor } from '../demo/vendor/helper.ts'
import { load, loadFaults } from '../provider/host.ts'

const ROOT = join(import.meta.dirname, '../..')
const SECRETS = { client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret }

const EXAM = examFacts()
const LEARNER = registrationFacts({ attemptCode: 'CODE' })
const all = (baseUrl: string): Record<string, Partial<ProviderEntry>> => ({
  null: { package: '@invigil/null' },
  mock: { package: '@invigil/mock', options: { ready_after_ms: 10 } },
  acme: { package: '@invigil/rest', options: { base_url: baseUrl, ...SECRETS, verbose_name: 'Acme', supports_onboarding: false } },
  'demo-vendor': { package: '@invigil/demo-vendor', options: { base_url: baseUrl, ...SECRETS }, callback: CALLBACK },
})

t.test('the host loads every package of the house, with the attributes the contract asks for', async t => {
  const registry = await load(t, ROOT, all('http://127.0.0.1:1'), { default: 'acme' })
  t.same(registry.list().map(({ name, state }) => `${name} ${state}`), ['null ready', 'mock ready', 'acme ready', 'demo-vendor ready'])
  const attributes = (name: string) => registry.find(name)?.attributes
  t.match(attributes('null'), { verboseName: 'Null Backend', hasDashboard: false, supportsOnboarding: false, passingStatuses: [] })
  t.match(attributes('mock'), { verboseName: 'Mock Backend', hasDashboard: false, supportsOnboarding: false })
  t.match(attributes('acme'), { verboseName: 'Acme', hasDashboard: true, supportsOnboarding: false, passingStatuses: ['Clean'] }, 'the operator has the last word')
  t.match(attributes('demo-vendor'), { verboseName: 'Demo Proctoring', hasDashboard: true, supportsOnboarding: true })
  t.same(registry.list().map(({ worker }) => worker !== null), [false, true, false, true])
})

t.test('through the host\'s door a vendor is heard, and its refusals are told as such', async t => {
  const vendor = await startDemoVendor(t)
  const provider = (await load(t, ROOT, all(vendor.url), { default: 'acme' })).require(null)
  const externalId = await provider.call('examSaved', [EXAM]) ?? null
  t.match(externalId, /^ex-/)
  const exam = { ...EXAM, externalId }
  t.match(await provider.call('registerAttempt', [exam, LEARNER]), { externalId: /^da-/ })
  const set = (fields: object) => vendor.press('/console/switches', { delay_ms: '0', outage: 'none', registration: 'accept', ...fields })
  await set({ registration: 'onboarding_failed' })
  t.same(await provider.call('registerAttempt', [exam, LEARNER]), { onboarding: 'onboarding_failed' })
  await set({ registration: 'refuse' })
  await t.rejects(provider.call('registerAttempt', [exam, LEARNER]), { code: 'INV_PROVIDER_REFUSED', statusCode: 403 })
  await set({ outage: 'cut' })
  await t.rejects(provider.call('getConfiguration', []), { code: 'INV_PROVIDER_FAILED', statusCode: 502 })
  await set({ delay_ms: '7000' })
  await t.rejects(provider.call('getConfiguration', []), { code: 'INV_PROVIDER_TIMEOUT', statusCode: 504 }, 'the deadline of the contract is 5 s')
})

t.test('a provider without a review reader refuses reviews, the mock reads them', async t => {
  const registry = await load(t, ROOT, all('http://127.0.0.1:1'))
  t.equal(registry.find('null')?.has('normaliseReview'), false)
  t.equal(registry.find('mock')?.has('normaliseReview'), true)
})

t.test('the mock reports its attempts ready', async t => {
  const ready: string[] = []
  const reported = new Promise<void>(resolve => {
    const attempts = (name: string) => ({ find: async () => null, receiveReview: async () => {}, reportError: async () => {}, markReady: async (id: string) => { ready.push(`${name} ${id}`); resolve() } })
    load(t, ROOT, all('http://127.0.0.1:1'), { attempts }).then(registry => registry.find('mock')?.call('registerAttempt', [EXAM, LEARNER]))
  })
  await reported
  t.same(ready, ['mock CODE'])
})

t.test('what an operator gets wrong is said before anything starts, without the secret', async t => {
  const { message } = await loadFaults(t, ROOT, {
    acme: { package: '@invigil/rest', options: { base_url: 'acme.test', ...SECRETS, base_ulr: 'x', paths: { atempt: '/x' } } },
    mock: { package: '@invigil/mock', options: { ready_after_ms: -1 } },
  })
  for (const part of ['base_url', "'base_url'", 'paths', 'ready_after_ms']) t.match(message, part)
  t.notMatch(message, CLIENT.clientSecret)
})
