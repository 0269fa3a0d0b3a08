import { PROVIDER_METHODS, type ProviderMethod } from 'invigil/provider'
import { Value } from 'typebox/value'
import t from 'tap'
import { restOptions } from '../options.ts'
import standard from '../provider.ts'
import { restProvider } from '../index.ts'
import { ATTEMPT, connect, createCall, EXAM, IDS, LEARNER, SECRET, startVendor } from './helper.ts'

const OPTIONS = { base_url: 'https://vendor.test', client_id: 'our-id', client_secret: SECRET }

t.test('out of the box it has a dashboard, supports onboarding and passes only clean reviews', async t => {
  const { provider } = await connect({ url: 'http://vendor.test' })
  t.match(provider, { hasDashboard: true, supportsOnboarding: true, passingStatuses: ['Clean'] })
  const { provider: other } = await connect({ url: 'http://vendor.test' }, {}, { attributes: { verboseName: 'Acme', supportsOnboarding: false } })
  t.match(other, { verboseName: 'Acme', hasDashboard: true, supportsOnboarding: false })
})

t.test('a package may bring its address, worker and pages', async t => {
  const acme = restProvider({ baseUrl: 'https://acme.test', worker: './worker.js', templates: './templates', static: './static', locales: './locales' })
  t.match(acme, { worker: './worker.js', templates: './templates', static: './static', locales: './locales', contract: /^1\./ })
  t.match(Value.Default(acme.options, { client_id: 'a', client_secret: 'b' }), { base_url: 'https://acme.test', token_expiration_time: 60, paths: {} })
  t.notOk('worker' in standard)
})

t.test('options are checked, and the secret is marked as one', async t => {
  const schema = restOptions()
  const check = (changes: object) => Value.Check(schema, Value.Default(schema, { ...OPTIONS, ...changes }))
  t.ok(check({}))
  t.ok(check({ default_rules: { a: 1 }, instructions: ['x'], paths: { exam: '/e/{exam}' } }))
  t.notOk(check({ base_url: undefined }))
  t.notOk(check({ base_url: 'vendor.test' }))
  t.notOk(check({ client_secret: '' }))
  t.notOk(check({ token_expiration_time: 0 }))
  t.notOk(check({ paths: { exma: '/e' } }))
  t.notOk(check({ paths: { exam: 'e' } }))
  t.match(schema.properties.client_secret, { secret: true })
})

t.test('what it answers is what the contract asks for', async t => {
  const vendor = await startVendor(t)
  vendor.on('POST /api/v1/exam/px-1/', { json: { id: 'px-1' } })
  vendor.on('POST /api/v1/exam/px-1/attempt/', { json: { id: 'pa-1' } })
  vendor.on('GET /api/v1/exam/px-1/attempt/pa-1/', { json: { download_url: 'd', instructions: ['i'] } })
  vendor.on('DELETE /api/v1/exam/px-1/attempt/pa-1/', { json: { status: 'deleted' } })
  vendor.on('GET /api/v1/config/', { json: { download_url: 'd' } })
  vendor.on('DELETE /api/v1/user/u/', { json: true })
  vendor.on('GET /api/v1/courses/c/onboarding_statuses', { json: { results: [{ user_id: 'u', status: 'pending' }] } })
  const { provider } = await connect(vendor)
  const call = createCall()
  const answers: Partial<Record<ProviderMethod, unknown>> = {
    examSaved: await provider.examSaved(EXAM, call),
    registerAttempt: await provider.registerAttempt(EXAM, LEARNER, call),
    getAttempt: await provider.getAttempt(ATTEMPT, call),
    removeAttempt: await provider.removeAttempt(IDS, call),
    getConfiguration: await provider.getConfiguration(call),
    getSoftwareDownloadUrl: await provider.getSoftwareDownloadUrl(call),
    retireUser: await provider.retireUser('u', call),
    getOnboardingProfiles: await provider.getOnboardingProfiles({ courseId: 'c' }, call),
    getInstructorUrl: await provider.getInstructorUrl({ courseId: 'c', user: { id: 'u', fullName: '', email: '' } }, call),
    normaliseReview: await provider.normaliseReview({ attempt: ATTEMPT, body: { status: 'passed' } }, call),
  }
  for (const [method, { returns }] of Object.entries(PROVIDER_METHODS)) {
    if (method in answers) t.ok(Value.Check(returns, Reflect.get(answers, method)), `${method} answers in the contract's shape`)
  }
  t.equal(Object.keys(answers).length, 10)
})
