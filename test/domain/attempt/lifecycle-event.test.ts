import t from 'tap'
import { lifecycleEvent } from '../../../core/domain/attempt/lifecycle-event.ts'

const user = { id: 101, username: 'ada', email: 'ada@example.com', fullName: 'Ada Lovelace', isActive: true }
const staff = { id: 5, username: 'sue', email: 'sue@example.com', fullName: 'Sue', isActive: true }
const facts = { attempt: { id: 41 }, exam: { courseId: 'course-v1:A+B+C', contentId: 'block' }, user, examType: 'proctored' }
const asData = ({ id, isActive, username, email, fullName }: typeof user) => ({ id, is_active: isActive, pii: { username, email, name: fullName } })

t.test('the event has the name and the fields of the platform\'s event bus', async t => {
  t.same(lifecycleEvent('submitted', facts), {
    kind: 'event',
    subject: 'attempt:41',
    name: 'org.openedx.learning.exam.attempt.submitted.v1',
    context: { course_id: 'course-v1:A+B+C' },
    payload: { exam_attempt: { student_user: asData(user), course_key: 'course-v1:A+B+C', usage_key: 'block', exam_type: 'proctored', requesting_user: asData(user) } },
  })
})

t.test('a reset names who asked for it, a verdict nobody', async t => {
  t.match(lifecycleEvent('reset', { ...facts, actor: staff }), { payload: { exam_attempt: { requesting_user: asData(staff) } } })
  t.match(lifecycleEvent('reset', facts), { payload: { exam_attempt: { requesting_user: null } } })
  for (const verb of ['verified', 'rejected', 'errored'] as const) {
    t.match(lifecycleEvent(verb, { ...facts, actor: staff }), { payload: { exam_attempt: { requesting_user: null } } })
  }
})
