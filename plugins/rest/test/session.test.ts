import t from 'tap'
import { connect, createCall, startVendor } from './helper.ts'

const quiet = { requestId: null }

t.test('Q66: languages are sent as the protocol has always sent them', async t => {
  const vendor = await startVendor(t)
  vendor.on('GET /api/v1/config/', { json: {} })
  const { provider } = await connect(vendor)
  await provider.getConfiguration(createCall())
  await provider.getConfiguration(createCall({ language: 'es' }))
  t.same(vendor.calls().map(({ headers }) => headers['accept-language']), ['en', 'es;en'])
})

t.test('no request id is made up', async t => {
  const vendor = await startVendor(t)
  vendor.on('GET /api/v1/config/', { json: {} })
  const { provider } = await connect(vendor)
  await provider.getConfiguration(createCall(quiet))
  t.notOk(vendor.calls()[0]?.headers['x-request-id'])
})

t.test('an address with a path and a slash at its end is fine', async t => {
  const vendor = await startVendor(t)
  vendor.on('POST /eu/oauth2/access_token', { json: { access_token: 'eu', expires_in: 60 } })
  vendor.on('GET /eu/api/v1/config/', { json: { name: 'eu' } })
  const { provider } = await connect({ url: `${vendor.url}/eu/` })
  t.same(await provider.getConfiguration(createCall()), { name: 'eu' })
})

t.test('Q65: the deadline of a call ends it with the deadline\'s own reason', async t => {
  const vendor = await startVendor(t)
  vendor.on('GET /api/v1/config/', { json: {}, afterMs: 2000 })
  const { provider } = await connect(vendor)
  const started = Date.now()
  await t.rejects(provider.getConfiguration(createCall({ signal: AbortSignal.timeout(100) })), { name: 'TimeoutError' })
  t.ok(Date.now() - started < 1000, 'at once')
})

t.test('a vendor that cuts the line, and one that is not there, are told apart from each other', async t => {
  const vendor = await startVendor(t)
  vendor.on('GET /api/v1/config/', { cut: true })
  const { provider } = await connect(vendor)
  await t.rejects(provider.getConfiguration(createCall()), { message: /^GET \/api\/v1\/config\/ got no answer from the vendor: .*(closed|hang up|ECONNRESET)/ })
  const { provider: lost } = await connect({ url: 'http://127.0.0.1:1' })
  await t.rejects(lost.getConfiguration(createCall()), { message: /token endpoint http:\/\/127.0.0.1:1\/oauth2\/access_token cannot be reached/ })
})
