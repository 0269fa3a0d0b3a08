import t from 'tap'
import { fillPath } from '../paths.ts'
import { connect, createCall, EXAM, IDS, LEARNER, startVendor } from './helper.ts'

t.test('ids are put into a path so that they cannot leave their place', async t => {
  t.equal(fillPath('/e/{exam}/', { exam: 'a/b?c#d%2F e' }), '/e/a%2Fb%3Fc%23d%252F%20e/')
  t.equal(fillPath('/c/{course}/x', { course: 'course-v1:A+B@C' }), '/c/course-v1:A+B@C/x', 'what a path may hold stays as it is')
  t.equal(fillPath('/c?of={course}&x', { course: 'a+b&c=d' }), '/c?of=a%2Bb%26c%3Dd&x', 'a query is stricter')
  t.throws(() => fillPath('/e/{exam}/', { exam: '..' }), { message: /cannot be put into a path/ })
  t.throws(() => fillPath('/e/{exam}/', { exam: '.' }))
  t.throws(() => fillPath('/e/{exam}/', { exam: '' }), { message: /needs the id {exam}/ })
  t.throws(() => fillPath('/e/{exma}/', { exam: 'x' }), { message: /needs the id {exma}/ })
})

t.test('paths of the package replace the conventions, and the operator\'s replace those', async t => {
  const vendor = await startVendor(t)
  vendor.on('POST /of/package/px-1', { json: { id: 'a' } })
  vendor.on('DELETE /of/operator/px-1/pa-1', { json: { status: 'deleted' } })
  const { provider } = await connect(vendor, { paths: { attempt: '/of/operator/{exam}/{attempt}' } }, {
    paths: { attempts: '/of/package/{exam}', attempt: '/unused/{exam}/{attempt}' },
  })
  t.same(await provider.registerAttempt(EXAM, LEARNER, createCall()), { externalId: 'a' })
  t.equal(await provider.removeAttempt(IDS, createCall()), true)
})
