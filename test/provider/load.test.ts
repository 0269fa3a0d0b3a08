import t from 'tap'
import { CONTRACT_VERSION } from '../../core/provider/contract.ts'
import { formatFault } from '../../core/provider/faults.ts'
import { createLogLines, installFixtures, load, loadFaults } from './host.ts'

t.test('a provider is found by the name of its package and works', async t => {
  const root = await installFixtures(t, 'good')
  const registry = await load(t, root, { acme: { package: '@acme/proctor' } }, { default: 'acme' })
  const acme = registry.require(null)
  t.equal(acme.state, 'ready')
  t.same(acme.package, { name: '@acme/proctor', version: '1.2.3', entryPoint: 'acme' })
  t.equal(acme.contract, CONTRACT_VERSION)
  t.equal(acme.attributes.verboseName, 'Acme Proctoring')
  t.equal(acme.attributes.pingInterval, 60)
  t.match(acme.templatesDir, /proctor.templates$/)
  t.match(acme.localesDir, /proctor.locales$/)
  t.equal(acme.has('getSoftwareDownloadUrl'), true)
  t.equal(acme.has('startAttempt'), false)
  t.ok(Object.isFrozen(acme))
  t.equal(await acme.call('getSoftwareDownloadUrl', [], { requestId: 'r-1', language: 'es' }), 'https://acme.example/hello?language=es&request=r-1')
  t.equal(await acme.call('startAttempt', [{ examExternalId: null, attemptExternalId: null }]), undefined)
})

t.test('a package that hides its package.json is found as well', async t => {
  const root = await installFixtures(t, 'hidden-manifest')
  const registry = await load(t, root, { acme: { package: 'fixture-hidden-manifest' } })
  t.equal(registry.find('acme')?.state, 'ready')
})

t.test('a provider may be an instance of a class', async t => {
  const root = await installFixtures(t, 'class-made')
  const registry = await load(t, root, { acme: { package: 'fixture-class-made' } })
  t.equal(registry.find('acme')?.attributes.verboseName, 'Made by a class')
})

t.test('one package may be enabled under two names, each with a provider of its own', async t => {
  const root = await installFixtures(t, 'good', 'two-entries')
  const registry = await load(t, root, {
    north: { package: '@acme/proctor', options: { greeting: 'hei' } },
    south: { package: '@acme/proctor' },
    two: { package: 'fixture-two-entries' },
    first: { package: 'fixture-two-entries', entry: 'one' },
  })
  t.match(await registry.require('north').call('getSoftwareDownloadUrl', []), /hei/)
  t.match(await registry.require('south').call('getSoftwareDownloadUrl', []), /hello/)
  t.equal(registry.require('two').attributes.verboseName, 'Two')
  t.equal(registry.require('first').attributes.verboseName, 'One')
  t.same(registry.list().map(provider => provider.name), ['north', 'south', 'two', 'first'])
})

interface Case { title: string, fixture?: string, code: string, text: RegExp, options?: Record<string, unknown>, package?: string, entry?: string }

const CASES: Case[] = [
  { title: 'no package named', code: 'INV_PROVIDER_NO_PACKAGE', text: /expected the key 'package', found nothing\. Name the npm package/ },
  { title: 'a path instead of a name', package: '../acme', code: 'INV_PROVIDER_PACKAGE_NAME', text: /found '\.\.\/acme'\. Paths and addresses are not loaded/ },
  { title: 'not installed', package: '@nobody/has-this', code: 'INV_PROVIDER_NOT_INSTALLED', text: /Run 'npm install @nobody\/has-this'/ },
  { title: 'a manifest that is no JSON', fixture: 'broken-manifest', code: 'INV_PROVIDER_MANIFEST', text: /package\.json to declare "invigil".*found a file that is not JSON/ },
  { title: 'no entry point key', fixture: 'no-entry-point', code: 'INV_PROVIDER_MANIFEST', text: /found no key 'invigil' in it/ },
  { title: 'an unknown entry', fixture: 'two-entries', entry: 'three', code: 'INV_PROVIDER_ENTRY_UNKNOWN', text: /entry point 'three', found 'one', 'two'\./ },
  { title: 'several entries and none chosen', fixture: 'two-entries', code: 'INV_PROVIDER_ENTRY_UNKNOWN', text: /Set providers\.enabled\.subject\.entry to one of those found/ },
  { title: 'an entry outside the package', fixture: 'entry-outside', code: 'INV_PROVIDER_PATH', text: /which lies outside the package/ },
  { title: 'an entry that is not there', fixture: 'entry-absent', code: 'INV_PROVIDER_PATH', text: /'\.\/not-there\.js', which does not exist/ },
  { title: 'its own dependency missing', fixture: 'missing-dependency', code: 'INV_PROVIDER_DEPENDENCY_MISSING', text: /'a-package-nobody-has' to be installed, which 'fixture-missing-dependency' imports/ },
  { title: 'a file of its own missing', fixture: 'missing-file', code: 'INV_PROVIDER_IMPORT_FAILED', text: /not-published\.js/ },
  { title: 'throws on import', fixture: 'throws-on-import', code: 'INV_PROVIDER_IMPORT_FAILED', text: /found Error: the import goes wrong\./ },
  { title: 'hangs on import', fixture: 'hangs-on-import', code: 'INV_PROVIDER_SLOW_START', text: /ready within 300 ms, found the import of its entry file still running/ },
  { title: 'no default export', fixture: 'no-default-export', code: 'INV_PROVIDER_NO_DEFAULT_EXPORT', text: /found only 'provider'/ },
  { title: 'not made by defineProvider', fixture: 'bare-object', code: 'INV_PROVIDER_NOT_DEFINED', text: /made by defineProvider, found an object with 'options', 'create'/ },
  { title: 'another contract version', fixture: 'old-contract', code: 'INV_PROVIDER_CONTRACT_VERSION', text: /contract version 1\.x, found one for "0\.9\.1"/ },
  { title: 'create that throws', fixture: 'leaky-create', options: { client_secret: 'hush-hush' }, code: 'INV_PROVIDER_CREATE_FAILED', text: /found Error: cannot sign in with \[secret\]\./ },
  { title: 'create that returns nothing', fixture: 'creates-nothing', code: 'INV_PROVIDER_CREATE_FAILED', text: /return the provider object, found nothing/ },
  { title: 'a slow start', fixture: 'slow-start', code: 'INV_PROVIDER_SLOW_START', text: /found 'create' still running\. Slow start/ },
  { title: 'a missing method', fixture: 'missing-method', code: 'INV_PROVIDER_METHOD_MISSING', text: /^Provider 'subject' \(package 'fixture-missing-method'\): expected 'registerAttempt' to be a function, found 'undefined'\. Add / },
  { title: 'a method of the wrong type', fixture: 'wrong-type', code: 'INV_PROVIDER_METHOD_TYPE', text: /'startAttempt' to be a function, found 'string'/ },
  { title: 'a worker that cannot be bundled', fixture: 'broken-worker', code: 'INV_PROVIDER_WORKER_FAILED', text: /Could not resolve "a-package-nobody-has"/ },
]

for (const { title, fixture, code, text, options = {}, package: name, entry } of CASES) {
  t.test(`a fault is named: ${title}`, async t => {
    const root = await installFixtures(t, ...fixture ? [fixture] : [])
    const faults = await loadFaults(t, root, { subject: { package: name ?? (fixture && `fixture-${fixture}`), entry, options } }, { startDeadlineMs: 300 })
    t.equal(faults.faults.length, 1)
    const [fault] = faults.faults
    if (!fault) return
    t.equal(fault.code, code)
    t.equal(fault.provider, 'subject')
    t.match(formatFault(fault), text)
    t.match(faults.errors[0], { code, message: text })
  })
}

t.test('a definition says all that is wrong with it at once', async t => {
  const root = await installFixtures(t, 'no-create', 'bad-attributes', 'outside-path')
  const { faults } = await loadFaults(t, root, {
    shapeless: { package: 'fixture-no-create' },
    attributes: { package: 'fixture-bad-attributes' },
    paths: { package: 'fixture-outside-path' },
  })
  t.same(faults.map(({ provider, code }) => [provider, code]), [
    ['shapeless', 'INV_PROVIDER_DEFINITION'],
    ['shapeless', 'INV_PROVIDER_DEFINITION'],
    ['attributes', 'INV_PROVIDER_ATTRIBUTE_INVALID'],
    ['attributes', 'INV_PROVIDER_ATTRIBUTE_INVALID'],
    ['paths', 'INV_PROVIDER_PATH'],
    ['paths', 'INV_PROVIDER_PATH'],
    ['paths', 'INV_PROVIDER_PATH'],
  ])
  t.match(faults.map(formatFault), [
    /'options' to be a schema made by Type\.Object, found "none"/,
    /'create' to be a function, found nothing/,
    /attribute 'pingInterval' to be a whole number of at least 1, found "often"/,
    /attribute 'videoReviewAesKey' .* found a value that is not shown/,
    /'worker' .* which does not exist/,
    /'templates' .* which lies outside the package/,
    /'locales' .* which is not a folder/,
  ])
  t.notMatch(JSON.stringify(faults), 'not-a-key-but-secret')
})

t.test('two providers with one callback client id clash; the later one is at fault', async t => {
  const root = await installFixtures(t, 'good')
  const callback = { client_id: 'the-vendor', client_secret: 'a-secret-of-sixteen' }
  const { faults } = await loadFaults(t, root, { a: { package: '@acme/proctor', callback }, b: { package: '@acme/proctor', callback } })
  t.match(faults, [{ code: 'INV_PROVIDER_NAME_CLASH', provider: 'b', found: "'the-vendor', which provider 'a' has" }])
})

t.test('the default must be enabled and not retired', async t => {
  const root = await installFixtures(t, 'good')
  const entries = { acme: { package: '@acme/proctor' }, gone: { retired: true } }
  const unknown = await loadFaults(t, root, entries, { default: 'acne' })
  t.match(unknown.faults, [{ code: 'INV_PROVIDER_DEFAULT_UNKNOWN', provider: 'acne', found: 'only acme' }])
  const retired = await loadFaults(t, root, entries, { default: 'gone' })
  t.match(retired.faults, [{ code: 'INV_PROVIDER_DEFAULT_UNKNOWN', found: 'a retired one' }])
})

t.test('Q68: all faults of all providers are reported together', async t => {
  const root = await installFixtures(t, 'good', 'missing-method', 'strict-options')
  const error = await loadFaults(t, root, {
    fine: { package: '@acme/proctor' },
    absent: { package: 'not-here-at-all' },
    half: { package: 'fixture-missing-method' },
    strict: { package: 'fixture-strict-options', options: { base_url: 'nowhere' } },
  })
  t.ok(error instanceof AggregateError)
  t.equal(error.code, 'INV_PROVIDER_FAULTS')
  t.same(error.faults.map(({ provider, code }) => `${provider} ${code}`), [
    'absent INV_PROVIDER_NOT_INSTALLED',
    'half INV_PROVIDER_METHOD_MISSING',
    'strict INV_PROVIDER_OPTION_INVALID',
    'strict INV_PROVIDER_OPTION_INVALID',
  ])
  t.equal(error.message.split('\n').length, 5)
})

t.test('with on_boot_failure: disable the others live, and the fault is kept', async t => {
  const root = await installFixtures(t, 'good', 'missing-method')
  const { log, lines } = createLogLines()
  const registry = await load(t, root, {
    half: { package: 'fixture-missing-method', on_boot_failure: 'disable', options: { verbose_name: 'Half' } },
    fine: { package: '@acme/proctor' },
  }, { log })
  t.equal(registry.require('fine').state, 'ready')
  const half = registry.find('half')
  t.match(half, { state: 'disabled', package: { name: 'fixture-missing-method' }, attributes: { verboseName: 'Half' }, faults: [{ code: 'INV_PROVIDER_METHOD_MISSING' }] })
  t.throws(() => registry.require('half'), { code: 'INV_PROVIDER_DISABLED', statusCode: 503 })
  await t.rejects(Promise.resolve(half?.call('getSoftwareDownloadUrl', [])), { code: 'INV_PROVIDER_DISABLED' })
  t.match(lines().filter(line => line.level === 50), [{ fault: { provider: 'half' }, msg: /registerAttempt.*The provider is disabled\./ }])
})

t.test('one faulty provider that must not be missing stops the start, whatever the others allow', async t => {
  const root = await installFixtures(t, 'good')
  const { faults } = await loadFaults(t, root, {
    may: { package: 'absent-one', on_boot_failure: 'disable' },
    must: { package: 'absent-two' },
  })
  t.same(faults.map(fault => fault.provider), ['may', 'must'])
})

t.test('a retired provider needs no package and stays readable', async t => {
  const root = await installFixtures(t)
  const registry = await load(t, root, { gone: { retired: true, options: { verbose_name: 'The old vendor', base_url: 'https://left.over' } } })
  const gone = registry.find('gone')
  t.match(gone, { state: 'retired', package: null, attributes: { verboseName: 'The old vendor' }, faults: [] })
  t.equal(gone?.has('registerAttempt'), false)
  t.match(gone?.health(), { circuit: 'closed', lastErrors: [] })
  t.throws(() => registry.require('gone'), { code: 'INV_PROVIDER_RETIRED', statusCode: 503 })
})

t.test('asking for a provider that is not there says which ones are', async t => {
  const root = await installFixtures(t, 'good')
  const registry = await load(t, root, { acme: { package: '@acme/proctor' } })
  t.throws(() => registry.require('acne'), { code: 'INV_PROVIDER_NOT_FOUND', message: /"acne" is not loaded; loaded are: acme/ })
  t.throws(() => registry.require(null), { code: 'INV_PROVIDER_NOT_CONFIGURED' })
  t.equal(registry.find('acne'), undefined)
})

t.test('a function that looks like a mistyped method is warned of', async t => {
  const root = await installFixtures(t, 'mistyped-method')
  const { log, lines } = createLogLines()
  await load(t, root, { acme: { package: 'fixture-mistyped-method' } }, { log })
  t.match(lines(), [{ level: 40, msg: /'stopAtempt', which is never called; 'stopAttempt' would be/ }])
})
