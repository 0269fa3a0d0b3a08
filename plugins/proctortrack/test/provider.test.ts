import { join } from 'node:path'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { attemptFacts, examFacts } from '../../../core/testkit/bench/facts.ts'
import { load } from '../../../test/provider/host.ts'
import { instructionsIn } from '../instructions.ts'
import definition from '../provider.ts'

const ROOT = join(import.meta.dirname, '../../..')
const OPTIONS = { client_id: 'our-id', client_secret: 'a-client-secret-of-decent-length' }
const ATTEMPT = attemptFacts({ externalId: 'pa-1', exam: examFacts({ externalId: 'px-1', backend: 'proctortrack' }) })

async function startVendor (t: Test) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const isToken = request.url?.endsWith('/access_token')
    response.end(JSON.stringify(isToken ? { access_token: 'token', expires_in: 3600 } : { download_url: 'https://download.test', instructions: ['the vendor\'s own'] }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => { server.closeAllConnections(); server.close() })
  const { port } = server.address() as AddressInfo // a TCP server has an address with a port once it listens
  return { asked, url: `http://127.0.0.1:${port}` }
}

const start = async (t: Test, options: object) => (await load(t, ROOT, { proctortrack: { package: '@invigil/proctortrack', options: { ...OPTIONS, ...options } } }, { default: 'proctortrack' })).require(null)

t.test('the host loads it with the vendor\'s contacts and one classic script for the browser', async t => {
  const { state, attributes, worker } = await start(t, {})
  t.equal(state, 'ready')
  t.match(attributes, {
    verboseName: 'Proctortrack', techSupportEmail: 'support@verificient.com', techSupportPhone: '+1 844-753-2020', learnerNotificationFromEmail: 'no-reply@verificient.com',
    hasDashboard: true, supportsOnboarding: true, passingStatuses: ['Clean'],
  })
  t.match(worker?.body.toString(), /app\.verificient\.com:54545/)
  t.notMatch(worker?.body.toString(), /^\s*(?:import|export)\b/m)
  t.match(definition.options.properties.base_url, { default: 'https://testing.verificient.com' })
})

t.test('its token endpoint and instructor pages are where the vendor has them', async t => {
  const vendor = await startVendor(t)
  const provider = await start(t, { base_url: vendor.url })
  await provider.call('getAttempt', [ATTEMPT])
  t.same(vendor.asked, ['POST /edx/oauth2/access_token', 'GET /api/v1/exam/px-1/attempt/pa-1/'])
  const url = await provider.call('getInstructorUrl', [{ courseId: 'c', user: { id: 'u', fullName: '', email: '' } }])
  t.ok(url?.startsWith(`${vendor.url}/launch/edx/instructor/our-id/?jwt=`), url ?? 'no address')
})

t.test('learners read its own steps, in their language', async t => {
  const vendor = await startVendor(t)
  const provider = await start(t, { base_url: vendor.url })
  const stepsIn = async (language: string) => await provider.call('getAttempt', [ATTEMPT], { language })
  t.same(await stepsIn('en'), { downloadUrl: 'https://download.test', instructions: instructionsIn('en') })
  t.same(await stepsIn('es-419'), { downloadUrl: 'https://download.test', instructions: instructionsIn('es') })
  t.match((await stepsIn('es'))?.instructions?.[0], /sistema/)
  const own = await start(t, { base_url: vendor.url, instructions: ['Sit down'] })
  t.match(await own.call('getAttempt', [ATTEMPT]), { instructions: ['Sit down'] }, 'the operator has the last word')
})

t.test('every language has the four steps; others get English', async t => {
  for (const language of ['en', 'es', 'EN-us', 'es-MX']) t.equal(instructionsIn(language).length, 4, language)
  t.same(instructionsIn('de'), instructionsIn('en'))
  t.same(instructionsIn('constructor'), instructionsIn('en'))
  t.not(instructionsIn('es')[0], instructionsIn('en')[0])
})
