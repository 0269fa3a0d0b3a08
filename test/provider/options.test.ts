import t from 'tap'
import { formatFault } from '../../core/provider/faults.ts'
import { exam, registration } from './facts.ts'
import { installFixtures, load, loadFaults } from './host.ts'

const GOOD = { base_url: 'https://vendor.example', client_secret: 'twelve-letters' }

t.test('defaults are applied and the options handed over are frozen', async t => {
  const root = await installFixtures(t, 'strict-options')
  const registry = await load(t, root, { acme: { package: 'fixture-strict-options', options: GOOD } })
  t.same(await registry.require('acme').call('registerAttempt', [exam, registration]), { externalId: '3 true' })
})

t.test('a number that came as text from the environment is read as a number', async t => {
  const root = await installFixtures(t, 'strict-options')
  const registry = await load(t, root, { acme: { package: 'fixture-strict-options', options: { ...GOOD, retries: '7', has_dashboard: 'true', ping_interval: '45' } } })
  t.same(await registry.require('acme').call('registerAttempt', [exam, registration]), { externalId: '7 true' })
  t.match(registry.require('acme').attributes, { hasDashboard: true, pingInterval: 45 })
})

t.test('each bad option is a fault of its own, with what was expected and what was found', async t => {
  const root = await installFixtures(t, 'strict-options')
  const { faults } = await loadFaults(t, root, {
    acme: { package: 'fixture-strict-options', options: { base_url: 'nowhere', retries: -1, tiers: [{ name: 'a' }, { name: 5 }] } },
  })
  t.match(faults.map(formatFault), [
    /option 'base_url' to be text in the format 'uri', found "nowhere"\. Correct 'base_url' under providers\.enabled\.acme\.options/,
    /option 'client_secret' to be text of at least 12 character\(s\), found nothing\. Add 'client_secret'/,
    /option 'retries' to be a whole number of at least 0, found -1/,
    /option 'tiers\.1\.name' to be text, found 5/,
  ])
})

t.test('an unknown option is refused, with the known one it resembles', async t => {
  const root = await installFixtures(t, 'strict-options', 'good')
  const { faults } = await loadFaults(t, root, {
    strict: { package: 'fixture-strict-options', options: { ...GOOD, clinet_secret: 'oh-no-a-secret', verbos_name: 'x' } },
    good: { package: '@acme/proctor', options: { something_else_entirely: true } },
  })
  t.match(faults.map(formatFault), [
    /only options the provider knows \(base_url, client_secret, retries, tiers\), found 'clinet_secret'\. Did you mean 'client_secret'\?/,
    /found 'verbos_name'\. Did you mean 'verbose_name'\?/,
    /found 'something_else_entirely'\. Remove 'something_else_entirely' from providers\.enabled\.good\.options/,
  ])
  t.notMatch(JSON.stringify(faults), 'oh-no-a-secret')
})

t.test('the value of a secret option is not shown in a fault, not even inside another option', async t => {
  const root = await installFixtures(t, 'strict-options')
  const short = await loadFaults(t, root, { acme: { package: 'fixture-strict-options', options: { ...GOOD, client_secret: 'too-short' } } })
  t.match(short.message, /found a value that is not shown \(secret\)/)
  t.notMatch(short.message, 'too-short')
  const repeated = await loadFaults(t, root, { acme: { package: 'fixture-strict-options', options: { base_url: 'no-uri with twelve-letters', client_secret: 'twelve-letters' } } })
  t.match(repeated.message, /found "no-uri with \[secret\]"/)
})

t.test('every attribute of a provider can be overridden by the operator, and a bad override is a fault', async t => {
  const root = await installFixtures(t, 'good')
  const options = {
    verbose_name: 'Our Proctor',
    ping_interval: 15,
    tech_support_email: 'us@example.org',
    passing_statuses: ['Clean'],
    has_dashboard: true,
    supports_onboarding: true,
    video_review_aes_key: '00112233445566778899aabbccddeeff',
  }
  const registry = await load(t, root, { acme: { package: '@acme/proctor', options } })
  t.match(registry.require('acme').attributes, {
    verboseName: 'Our Proctor',
    pingInterval: 15,
    techSupportEmail: 'us@example.org',
    passingStatuses: ['Clean'],
    hasDashboard: true,
    supportsOnboarding: true,
    videoReviewAesKey: '00112233445566778899aabbccddeeff',
  })
  const { faults } = await loadFaults(t, root, { acme: { package: '@acme/proctor', options: { ping_interval: 0, video_review_aes_key: 'zzzz-not-hex' } } })
  t.match(faults.map(formatFault), [/option 'ping_interval' to be a whole number of at least 1, found 0/, /option 'video_review_aes_key' .* found a value that is not shown/])
  t.notMatch(JSON.stringify(faults), 'zzzz-not-hex')
})

t.test('a provider that declares the key of an attribute gets it as an option of its own', async t => {
  const root = await installFixtures(t, 'own-attribute-option')
  const registry = await load(t, root, { acme: { package: 'fixture-own-attribute-option', options: { verbose_name: 'Mine' } } })
  t.equal(registry.require('acme').attributes.verboseName, '<Mine>')
})
