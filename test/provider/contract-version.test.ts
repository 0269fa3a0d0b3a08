import t from 'tap'
import { CONTRACT_VERSION } from '../../core/provider/contract.ts'
import { formatFault } from '../../core/provider/faults.ts'
import { exam, ids, registration } from './facts.ts'
import { installFixtures, load, loadFaults, noAttempts } from './host.ts'

t.test('a provider made by the first contract, with a copy of its own, runs on this host', async t => {
  const root = await installFixtures(t, 'first-contract')
  const ready: string[] = []
  const registry = await load(t, root, { acme: { package: 'fixture-first-contract', options: { url: 'https://acme.example' } } }, {
    attempts: () => ({ ...noAttempts, markReady: async id => { ready.push(id) } }),
  })
  const acme = registry.require('acme')
  t.equal(acme.contract, '1.0.0')
  t.equal(acme.attributes.verboseName, 'Made long ago')
  t.same(await acme.call('registerAttempt', [exam, registration]), { externalId: 'https://acme.example/3/A' }, 'defaults of a plain schema are filled')
  await acme.call('startAttempt', [ids])
  t.same(ready, ['vendor-7'])
  t.equal(acme.routes, null)
  const { faults } = await loadFaults(t, root, { acme: { package: 'fixture-first-contract', options: {} } })
  t.match(faults, [{ code: 'INV_PROVIDER_OPTION_INVALID', expected: "option 'url' to be text" }], 'and its options are checked')
})

t.test('one for a later minor version is refused with what to do, one for another major as well', async t => {
  const root = await installFixtures(t, 'next-minor', 'next-major', 'old-contract')
  const { faults } = await loadFaults(t, root, {
    ahead: { package: 'fixture-next-minor' },
    future: { package: 'fixture-next-major' },
    past: { package: 'fixture-old-contract' },
  })
  const [major, minor] = CONTRACT_VERSION.split('.')
  t.same(faults.map(({ code }) => code), Array(3).fill('INV_PROVIDER_CONTRACT_VERSION'))
  const [ahead = '', future = '', past = ''] = faults.map(formatFault)
  t.equal(ahead, `Provider 'ahead' (package 'fixture-next-minor'): expected a provider for contract version ${major}.0 to ${major}.${minor}, found one for "1.99.0", which is newer than this host. Update 'invigil' to a release that has this contract, or install an older release of the package.`)
  t.match(future, `expected a provider for contract version ${major}.x, found one for "2.0.0". Install the release of the package that fits`)
  t.match(past, 'found one for "0.9.1"')
})
