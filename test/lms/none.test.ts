import t from 'tap'
import { createLms } from '../../core/lms/create.ts'
import { readConfig } from '../helper/effects-app.ts'
import { startReceiver } from '../helper/receiver.ts'

t.test('without a platform every service is absent and every feature can go on', async t => {
  const { services: lms, close } = createLms(readConfig(), { warn: () => t.fail('nothing to warn of') })
  t.equal(await lms.credit.getCreditState(1, 'c', { returnCourseInfo: true }), null)
  t.equal(await lms.grades.shouldOverrideGradeOnRejectedExam('c'), false)
  t.equal(await lms.instructor.isCourseStaff(1, 'c'), false)
  t.equal(await lms.instructor.getProctoringEscalationEmail('c'), null)
  t.equal(await lms.enrollments.getEnrollmentsCanTakeProctoredExams('c', null), null)
  t.equal(await lms.learningSequences.getUserCourseOutlineDetails('c', 1, new Date()), null)
  t.equal(await lms.nameAffirmation.getVerifiedName(1), null)
  t.equal(await lms.dates.getDateForBlock('c', 'b', 1), null)
  t.same(await lms.dates.getDatesForCourse('c'), [])
  t.equal(await lms.commands.send({ service: 'credit', method: 'x', args: {} }, { idempotencyKey: 'k', requestId: null }), 'absent')
  t.equal(await lms.commands.shouldOverrideGrade('c', { requestId: null }), false)
  await close()
})

t.test('the configuration chooses the adapter; a demo clock switches the cache off', async t => {
  const platform = await startReceiver(t)
  platform.answer(() => ({ json: { result: true } }))
  const lms = { adapter: 'http', services_url: platform.url, token: 't' }
  for (const [clock, asked] of [[false, 1], [true, 2]] as const) {
    platform.received.length = 0
    const { services, close } = createLms(readConfig({ lms, demo: { clock } }), { warn () {} })
    await services.instructor.isCourseStaff(1, 'c')
    await services.instructor.isCourseStaff(1, 'c')
    t.equal(platform.received.length, asked)
    await close()
  }
})
