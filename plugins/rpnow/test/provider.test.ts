import { join } from 'node:path'
import t from 'tap'
import { PROVIDER_METHODS } from 'invigil/provider'
import { Value } from 'typebox/value'
import { load, loadFaults } from '../../../test/provider/host.ts'
import definition from '../provider.ts'
import { ATTEMPT, createCall, LEARNER, OPTIONS, start } from './helper.ts'

const ROOT = join(import.meta.dirname, '../../..')

t.test('the host loads it under both names, with the operator\'s wishes', async t => {
  const registry = await load(t, ROOT, {
    software_secure: { package: '@invigil/rpnow', options: { ...OPTIONS, video_review_aes_key: 'B886E02F19C77EC734B1B132BEECD91E' } },
    rpnow4: { package: '@invigil/rpnow', options: { ...OPTIONS, verbose_name: 'RPNow 4', passing_statuses: ['Clean'] } },
  }, { default: 'rpnow4' })
  t.same(registry.list().map(({ name, state, package: { entryPoint } = Object(null) }) => [name, state, entryPoint]), [['software_secure', 'ready', 'software_secure'], ['rpnow4', 'ready', 'rpnow4']])
  t.match(registry.find('software_secure')?.attributes, {
    verboseName: 'RPNow', passingStatuses: ['Clean', 'Rules Violation'], hasDashboard: false, supportsOnboarding: false, videoReviewAesKey: 'B886E02F19C77EC734B1B132BEECD91E',
  })
  t.match(registry.find('rpnow4')?.attributes, { verboseName: 'RPNow 4', passingStatuses: ['Clean'], videoReviewAesKey: null })
  t.equal(registry.find('rpnow4')?.worker, null)
})

t.test('through the host\'s door a bad review is the sender\'s fault, not the provider\'s', async t => {
  const provider = (await load(t, ROOT, { software_secure: { package: '@invigil/rpnow', options: OPTIONS } }, { default: 'software_secure' })).require(null)
  const body = { examMetaData: { ssiRecordLocator: 'other' }, reviewStatus: 'Clean' }
  await t.rejects(provider.call('normaliseReview', [{ attempt: ATTEMPT, body }]), { code: 'INV_PROVIDER_REFUSED', statusCode: 400 })
  t.match(await provider.call('normaliseReview', [{ attempt: ATTEMPT, body, simulationAllowed: true }]), { status: 'passed' })
  await t.rejects(provider.call('registerAttempt', [ATTEMPT.exam, LEARNER]), { code: 'INV_PROVIDER_FAILED', statusCode: 502 }, 'nobody listens there')
})

t.test('what is missing or cannot be a key is said before anything starts, without the secrets', async t => {
  const { organization: _, ...incomplete } = OPTIONS
  const missing = await loadFaults(t, ROOT, { software_secure: { package: '@invigil/rpnow', options: { ...incomplete, exam_register_endpoint: 'rpnow.test' } } })
  for (const part of ["'organization'", "'exam_register_endpoint'"]) t.match(missing.message, part)
  const { message } = await loadFaults(t, ROOT, { software_secure: { package: '@invigil/rpnow', options: { ...OPTIONS, crypto_key: 'sixteen-or-so-bytes' } } })
  t.match(message, /crypto_key.*16 or 24 bytes.*found 19/s)
  t.notMatch(message, /sixteen-or-so-bytes/)
})

t.test('only the browser it launched itself gets to the content', async t => {
  const provider = await start()
  t.equal(await provider.blocksContent?.({ attemptCode: 'CODE', launchedBySecureBrowser: false }, createCall()), true)
  t.equal(await provider.blocksContent?.({ attemptCode: 'CODE', launchedBySecureBrowser: true }, createCall()), false)
})

t.test('it has a download and a name, removes without a call, and tells the vendor nothing else', async t => {
  const provider = await start({ verbose_name: 'Our RPNow' })
  const configuration = await provider.getConfiguration?.(createCall())
  t.same(configuration, { download_url: 'http://rpnow.test/download', name: 'Our RPNow', rules: {}, instructions: [] })
  t.ok(Value.Check(PROVIDER_METHODS.getConfiguration.returns, configuration))
  t.equal(await provider.getSoftwareDownloadUrl?.(createCall()), 'http://rpnow.test/download')
  t.equal(await provider.removeAttempt?.({ examExternalId: null, attemptExternalId: 'RP-1' }, createCall()), true)
  for (const method of ['startAttempt', 'stopAttempt', 'markAttemptError', 'examSaved', 'getAttempt', 'retireUser', 'getOnboardingProfiles']) t.notOk(method in provider, method)
})

t.test('its secrets are marked as such', async t => {
  for (const name of ['secret_key', 'crypto_key'] as const) t.match(definition.options.properties[name], { secret: true })
})
