import { join } from 'node:path'
import t from 'tap'
import { load, loadFaults } from '../../../test/provider/host.ts'
import { ATTEMPT, EXAM, IDS, LEARNER, startVendor, type FaultyVendor } from './helper.ts'

const ROOT = join(import.meta.dirname, '../../..')

function entryFor ({ url }: { url: string }, name: string, more: object = {}) {
  return { package: '@invigil/rest', options: { base_url: url, client_id: `us-at-${name}`, client_secret: `secret-for-${name}-0123456789`, verbose_name: name, ...more } }
}

function answerAll (vendor: FaultyVendor, id: string): void {
  vendor.on('GET /api/v1/config/', { json: { name: id, download_url: `${vendor.url}/app` } })
  vendor.on('POST /api/v1/exam/px-1/attempt/', { json: { id } })
  vendor.on('PATCH /api/v1/exam/px-1/attempt/pa-1/', ({ json }) => ({ json }))
  vendor.on('DELETE /api/v1/exam/px-1/attempt/pa-1/', { json: { status: 'deleted' } })
  vendor.on('GET /api/v1/exam/px-1/attempt/pa-1/', { json: { download_url: `${vendor.url}/app/pa-1`, instructions: [id] } })
}

t.test('two vendors are served by configuration alone, each with its own token, names and connections', async t => {
  const [acme, globex] = [await startVendor(t), await startVendor(t)]
  answerAll(acme, 'from-acme')
  answerAll(globex, 'from-globex')
  const registry = await load(t, ROOT, { acme: entryFor(acme, 'acme'), globex: entryFor(globex, 'globex', { supports_onboarding: false }) }, { default: 'acme' })
  t.match(registry.list().map(({ name, state }) => [name, state]), [['acme', 'ready'], ['globex', 'ready']])

  for (const [name, vendor] of [['acme', acme], ['globex', globex]] as const) {
    const provider = registry.require(name)
    const attempt = { ...ATTEMPT, exam: EXAM }
    t.match(provider.attributes, { verboseName: name, supportsOnboarding: name === 'acme' })
    t.same(await provider.call('registerAttempt', [EXAM, LEARNER]), { externalId: `from-${name}` })
    await provider.call('startAttempt', [IDS])
    await provider.call('stopAttempt', [IDS])
    t.match(await provider.call('getAttempt', [attempt], { language: 'es' }), { downloadUrl: `${vendor.url}/app/pa-1`, instructions: [`from-${name}`] })
    t.match(await provider.call('getConfiguration', []), { name: `from-${name}` })
    t.equal(await provider.call('removeAttempt', [IDS]), true)
    t.match(vendor.tokenRequests().map(({ text }) => Object.fromEntries(new URLSearchParams(text))), [{ client_id: `us-at-${name}`, client_secret: `secret-for-${name}-0123456789` }])
    t.match(new Set(vendor.calls().map(({ headers }) => headers['user-agent'])), new Set([new RegExp(`provider ${name}\\)$`)]))
    t.ok(vendor.connections() <= 2, 'seven calls one after the other on connections that are kept open')
  }
})

t.test('what is wrong in the configuration is said before anything starts', async t => {
  const { message } = await loadFaults(t, ROOT, { acme: entryFor({ url: 'acme.example' }, 'acme', { tokens: 5 }) })
  for (const part of ["'acme'", "'base_url'", 'tokens']) t.match(message, part)
  t.notMatch(message, 'secret-for-acme')
})
