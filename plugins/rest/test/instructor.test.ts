import { jwtVerify } from 'jose'
import t from 'tap'
import { connect, createCall, SECRET } from './helper.ts'

const VENDOR = { url: 'http://vendor.test' }
const QUERY = { courseId: 'course-v1:A+B+C', user: { id: 'u1', fullName: 'Cora Coursé', email: 'c@example.com' } }
const NOW = new Date('2030-01-01T00:00:00.250Z')

async function open (url: string | null) {
  const [address = '', jwt = ''] = (url ?? '').split('?jwt=')
  return { address, ...await jwtVerify(jwt, new TextEncoder().encode(SECRET), { currentDate: NOW }) }
}

t.test('the course dashboard is opened by a short-lived signed link', async t => {
  const { provider, time } = await connect(VENDOR)
  time.now = NOW
  const { address, protectedHeader, payload } = await open(await provider.getInstructorUrl(QUERY, createCall()))
  t.equal(address, 'http://vendor.test/api/v1/instructor/our-id/')
  t.same(protectedHeader, { alg: 'HS256', typ: 'JWT' })
  t.match(payload.jti, /^[0-9a-f]{32}$/)
  t.same({ ...payload, jti: '' }, {
    course_id: 'course-v1:A+B+C', user: { id: 'u1', full_name: 'Cora Coursé', email: 'c@example.com' }, iss: 'our-id', jti: '', exp: 1893456060.25,
  })
})

t.test('exam, attempt and configuration are named only together with an exam', async t => {
  const { provider, time } = await connect(VENDOR, { token_expiration_time: 10 })
  time.now = NOW
  const claims = async (extra: object) => (await open(await provider.getInstructorUrl({ ...QUERY, ...extra }, createCall()))).payload
  t.match(await claims({ examExternalId: 'px-1' }), { exam_id: 'px-1', attempt_id: undefined, config: undefined, exp: 1893456010.25 })
  t.match(await claims({ examExternalId: 'px-1', attemptExternalId: 'pa-1' }), { exam_id: 'px-1', attempt_id: 'pa-1', config: undefined })
  t.match(await claims({ examExternalId: 'px-1', configuration: true }), { exam_id: 'px-1', config: true, attempt_id: undefined })
  const alone = await claims({ attemptExternalId: 'pa-1', configuration: true })
  t.notOk('attempt_id' in alone || 'config' in alone || 'exam_id' in alone)
})

t.test('no two links are the same, and a vendor may have another path', async t => {
  const { provider } = await connect(VENDOR, { client_id: 'our id' }, { paths: { instructor: '/launch/{client}/?jwt={jwt}' } })
  const one = await provider.getInstructorUrl(QUERY, createCall())
  const two = await provider.getInstructorUrl(QUERY, createCall())
  t.match(one, 'http://vendor.test/launch/our%20id/?jwt=')
  t.not(one, two)
})
