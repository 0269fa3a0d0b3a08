import t from 'tap'
import { connect, createCall, refusalOf, startVendor } from './helper.ts'

const USER = 'ab'.repeat(20)
const COURSE = 'course-v1:A+B+C'
const PATH = `/api/v1/courses/${COURSE}/onboarding_statuses`
const row = (id: string, status = 'pending') => ({ user_id: id, status, expiration_date: null })

t.test('a retirement is answered by true or false and nothing else', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  for (const answer of [true, false]) {
    vendor.on(`DELETE /api/v1/user/${USER}/`, { json: answer })
    t.equal(await provider.retireUser(USER, createCall()), answer)
  }
  for (const reply of [{ json: { a: 1 } }, { text: 'oops' }, { json: null }, { json: 'true' }, { status: 500, text: 'down' }]) {
    vendor.on(`DELETE /api/v1/user/${USER}/`, reply)
    t.match(await refusalOf(provider.retireUser(USER, createCall())), { status: 502, message: /expected true or false/ }, JSON.stringify(reply))
  }
})

t.test('one learner\'s onboarding profile', async t => {
  const vendor = await startVendor(t)
  vendor.on(`GET ${PATH}`, { json: { user_id: USER, status: 'approved-in-course', expiration_date: '2030-06-01' } })
  const { provider } = await connect(vendor)
  t.same(await provider.getOnboardingProfiles({ courseId: COURSE, userId: USER }, createCall()), {
    profiles: [{ userId: USER, status: 'approved-in-course', expirationDate: '2030-06-01' }],
  })
  t.same(vendor.calls()[0]?.query, { user_id: USER })
  vendor.on(`GET ${PATH}`, { json: { status: 'pending' } })
  t.same(await provider.getOnboardingProfiles({ courseId: COURSE, userId: USER }, createCall()), {
    profiles: [{ userId: USER, status: 'pending', expirationDate: null }],
  }, 'an answer that does not repeat the id is about the learner who was asked for')
})

t.test('a course\'s profiles, by status', async t => {
  const vendor = await startVendor(t)
  vendor.on(`GET ${PATH}`, { json: { results: [row('1'), { user_id: '2' }, 'junk', row('3')], count: 2, next: null, previous: null } })
  const { provider } = await connect(vendor)
  const { profiles } = await provider.getOnboardingProfiles({ courseId: COURSE, statuses: ['pending', 'rejected'] }, createCall())
  t.same(profiles.map(({ userId }) => userId), ['1', '3'], 'rows without a status say nothing')
  await provider.getOnboardingProfiles({ courseId: COURSE }, createCall())
  t.same(vendor.calls().map(({ query }) => query), [{ status: 'pending,rejected' }, { status: '' }])
})

t.test('every page of a long list is read', async t => {
  const vendor = await startVendor(t)
  vendor.on(`GET ${PATH}`, ({ query }) => ({ json: { results: [row(`of page ${query.page ?? 1}`)], num_pages: 3 } }))
  const { provider } = await connect(vendor)
  const { profiles } = await provider.getOnboardingProfiles({ courseId: COURSE, statuses: ['pending'] }, createCall())
  t.same(profiles.map(({ userId }) => userId), ['of page 1', 'of page 2', 'of page 3'])
  t.same(vendor.calls().map(({ query }) => query), [{ status: 'pending' }, { status: 'pending', page: '2' }, { status: 'pending', page: '3' }])
})

t.test('anything but 200 and an object is refused with the vendor\'s words', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  const ask = () => refusalOf(provider.getOnboardingProfiles({ courseId: COURSE }, createCall()))
  vendor.on(`GET ${PATH}`, { status: 403, text: 'no' })
  t.same(await ask(), { status: 403, message: 'no' })
  vendor.on(`GET ${PATH}`, { status: 404, json: {} })
  t.match(await ask(), { status: 404 })
  vendor.on(`GET ${PATH}`, { text: 'oops' })
  t.match(await ask(), { status: 502 })
})

t.test('a vendor that does not answer a retirement has not retired anybody', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  vendor.on(`DELETE /api/v1/user/${USER}/`, { cut: true })
  await t.rejects(provider.retireUser(USER, createCall()), { message: /got no answer/ })
})

t.test('a list of which a page is missing is no list, and odd numbers of pages end it', async t => {
  const vendor = await startVendor(t)
  const { provider } = await connect(vendor)
  vendor.on(`GET ${PATH}`, ({ query }) => query.page === '2' ? { status: 500, text: 'down' } : { json: { results: [row('1')], num_pages: 3 } })
  t.match(await refusalOf(provider.getOnboardingProfiles({ courseId: COURSE }, createCall())), { status: 500, message: 'down' })
  for (const pages of ['many', -1, 0, null, {}]) {
    vendor.on(`GET ${PATH}`, { json: { results: [row('1')], num_pages: pages } })
    t.equal((await provider.getOnboardingProfiles({ courseId: COURSE }, createCall())).profiles.length, 1, JSON.stringify(pages))
  }
})
