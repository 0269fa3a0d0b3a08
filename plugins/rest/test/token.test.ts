import t from 'tap'
import { tokenUrl } from '../token.ts'
import { connect, createCall, startVendor } from './helper.ts'

t.test('the token endpoint follows from the API root', async t => {
  t.equal(tokenUrl('http://v.test'), 'http://v.test/oauth2/access_token')
  t.equal(tokenUrl('http://v.test/'), 'http://v.test/oauth2/access_token')
  t.equal(tokenUrl('http://v.test/oauth2'), 'http://v.test/oauth2/access_token')
  t.equal(tokenUrl('http://v.test/oauth2/'), 'http://v.test/oauth2/access_token')
  t.equal(tokenUrl('http://v.test/edx'), 'http://v.test/edx/oauth2/access_token')
  t.equal(tokenUrl('http://v.test/a/oauth2/access_token'), 'http://v.test/a/oauth2/access_token')
  t.equal(tokenUrl('http://v.test/a/access_token/'), 'http://v.test/a/access_token/')
})

t.test('a token is asked for with the client credentials and sent with each call', async t => {
  const vendor = await startVendor(t)
  vendor.on('GET /api/v1/config/', { json: { name: 'x' } })
  const { provider } = await connect(vendor)
  await provider.getConfiguration(createCall())
  const [asked] = vendor.tokenRequests()
  t.match(asked?.headers, { 'content-type': /^application\/x-www-form-urlencoded/, 'user-agent': /^Invigil \(@invigil\/rest 1\..*provider test\)$/ })
  t.same(Object.fromEntries(new URLSearchParams(asked?.text)), {
    grant_type: 'client_credentials', client_id: 'our-id', client_secret: 'a-client-secret-of-decent-length', token_type: 'jwt',
  })
  t.match(vendor.calls()[0]?.headers, { authorization: 'JWT token-1', 'user-agent': /^Invigil/, 'x-request-id': 'request-1' })
})

t.test('oauth_uri comes from the package, and the operator has the last word', async t => {
  const vendor = await startVendor(t)
  vendor.on('GET /api/v1/config/', { json: {} })
  vendor.on('POST /edx/oauth2/access_token', { json: { access_token: 'a', expires_in: 60 } })
  vendor.on('POST /other/access_token', { json: { access_token: 'b', expires_in: 60 } })
  await (await connect(vendor, {}, { oauthUri: '/edx' })).provider.getConfiguration(createCall())
  await (await connect(vendor, { oauth_uri: '/other/access_token' }, { oauthUri: '/edx' })).provider.getConfiguration(createCall())
  t.same(vendor.calls().map(({ headers }) => headers.authorization), ['JWT a', 'JWT b'])
})

t.test('calls at the same moment share one token request', async t => {
  const vendor = await startVendor(t)
  vendor.on('GET /api/v1/config/', { json: {} })
  vendor.on('POST /oauth2/access_token', (_received, nth) => ({ json: { access_token: `t${nth}`, expires_in: 60 }, afterMs: 50 }))
  const { provider } = await connect(vendor)
  await Promise.all(Array.from({ length: 20 }, () => provider.getConfiguration(createCall())))
  t.equal(vendor.tokenRequests().length, 1)
  t.equal(vendor.calls().length, 20)
})

t.test('a token is used until five seconds before its end', async t => {
  const vendor = await startVendor(t)
  vendor.on('GET /api/v1/config/', { json: {} })
  vendor.on('POST /oauth2/access_token', (_received, nth) => ({ json: { access_token: `t${nth}`, expires_in: 60 } }))
  const { provider, time } = await connect(vendor)
  const start = time.now.getTime()
  for (const seconds of [0, 54, 55, 56]) {
    time.now = new Date(start + seconds * 1000)
    await provider.getConfiguration(createCall())
  }
  t.same(vendor.calls().map(({ headers }) => headers.authorization), ['JWT t1', 'JWT t1', 'JWT t2', 'JWT t2'])
})

t.test('a token the vendor has withdrawn is renewed once', async t => {
  const vendor = await startVendor(t)
  vendor.on('GET /api/v1/config/', ({ headers }) => headers.authorization === 'JWT token-1' ? { status: 401, text: 'who?' } : { json: { name: 'x' } })
  const { provider } = await connect(vendor)
  t.same(await provider.getConfiguration(createCall()), { name: 'x' })
  t.equal(vendor.tokenRequests().length, 2)

  vendor.on('GET /api/v1/config/', { status: 401, text: 'never' })
  await t.rejects(provider.getConfiguration(createCall()), { message: /answered 401 never/ })
  t.equal(vendor.calls().length, 4, 'two tries, then the answer stands')
})

t.test('a failed token request says what to check, names no secret, and the next call tries again', async t => {
  const vendor = await startVendor(t)
  vendor.on('GET /api/v1/config/', { json: {} })
  vendor.on('POST /oauth2/access_token', (_received, nth) => nth === 1 ? { status: 401, text: 'invalid_client' } : { json: { access_token: 'late' } })
  const { provider } = await connect(vendor)
  const error = await provider.getConfiguration(createCall()).catch((error: Error) => error)
  t.match(error, { message: /answered 401; expected 200\. Check client_id/ })
  t.notMatch(JSON.stringify(error) + String(error), 'a-client-secret')
  await t.resolves(provider.getConfiguration(createCall()))
})

t.test('the secret follows no redirect', async t => {
  const vendor = await startVendor(t)
  vendor.on('POST /oauth2/access_token', { status: 307, text: '', headers: { location: '/other/access_token' } })
  vendor.on('POST /other/access_token', { json: { access_token: 'stolen' } })
  const { provider } = await connect(vendor)
  await t.rejects(provider.getConfiguration(createCall()), { message: /answered 307; expected 200/ })
  t.equal(vendor.received.length, 1)
})

t.test('an answer without a token is named as such', async t => {
  const vendor = await startVendor(t)
  for (const reply of [{ json: {} }, { text: '<html>' }, { json: null }]) {
    vendor.on('POST /oauth2/access_token', reply)
    const { provider } = await connect(vendor)
    await t.rejects(provider.getConfiguration(createCall()), { message: /without access_token/ })
  }
})

t.test('who gives up waiting for a token does not spoil it for the others', async t => {
  const vendor = await startVendor(t)
  vendor.on('GET /api/v1/config/', { json: {} })
  vendor.on('POST /oauth2/access_token', { json: { access_token: 'slow', expires_in: 60 }, afterMs: 150 })
  const { provider } = await connect(vendor)
  const patient = provider.getConfiguration(createCall())
  await t.rejects(provider.getConfiguration(createCall({ signal: AbortSignal.timeout(30) })), { name: 'TimeoutError' })
  await t.rejects(provider.getConfiguration(createCall({ signal: AbortSignal.abort(new Error('too late')) })), { message: 'too late' })
  await t.resolves(patient)
  t.equal(vendor.tokenRequests().length, 1)
})
