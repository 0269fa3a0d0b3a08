import t from 'tap'
import type { Actor } from '../../../core/domain/attempt/attempt.ts'
import { createReviewPolicy, getReviewPolicy, removeReviewPolicy, updateReviewPolicy } from '../../../core/domain/exam/review-policy.ts'
import { savedExam } from '../../../core/domain/exam/saved-exam.ts'
import { getExam } from '../../../core/domain/exam/read.ts'
import { addExam, buildTestApp } from '../../helper/app.ts'
import { historyOf, takeVendorOrders } from '../../helper/outbox.ts'

const SUE: Actor = { kind: 'staff', userId: 201, name: 'sue' }
const CORA: Actor = { kind: 'staff', userId: 202, name: 'cora' }

t.test('a policy is made, changed and taken away, and its story kept', async t => {
  const app = await buildTestApp(t)
  const exam = await addExam(app)
  await takeVendorOrders(app)

  const id = await createReviewPolicy(app.domain, exam, 'First', SUE)
  t.type(id, 'number')
  t.match(await getReviewPolicy(app.domain, exam), { id, text: 'First' })
  t.match(await savedExam(app.db, await getExam(app.db, exam)), { ruleSummary: 'First' })
  t.match(await takeVendorOrders(app), [{ provider: 'mock', method: 'examSaved', examId: exam, overrides: {} }])

  await updateReviewPolicy(app.domain, exam, 'Second', CORA)
  t.match(await getReviewPolicy(app.domain, exam), { id, text: 'Second' })
  t.equal((await takeVendorOrders(app)).length, 1)

  await updateReviewPolicy(app.domain, exam, '', SUE)
  await t.rejects(getReviewPolicy(app.domain, exam), { code: 'INV_REVIEW_POLICY_NOT_FOUND' })
  t.same(await takeVendorOrders(app), [], 'vendors hear of what is saved only')

  t.match(await historyOf(app, 'review_policy'), [
    { change: '+', before: null, after: { examId: exam, reviewPolicy: 'First', setByUserId: 201 }, actor: 'sue' },
    { change: '~', before: { reviewPolicy: 'First', setByUserId: 201 }, after: { reviewPolicy: 'Second', setByUserId: 202 }, actor: 'cora' },
    { change: '-', before: { reviewPolicy: 'Second', setByUserId: 202 }, after: null },
  ])
})

t.test('an exam has one policy at most, also when two are made at once', async t => {
  const app = await buildTestApp(t)
  const exam = await addExam(app)
  const made = await Promise.allSettled(Array.from({ length: 8 }, () => createReviewPolicy(app.domain, exam, 'Text', SUE)))
  t.equal(made.filter(({ status }) => status === 'fulfilled').length, 1)
  for (const result of made) if (result.status === 'rejected') t.match(result.reason, { code: 'INV_REVIEW_POLICY_EXISTS', statusCode: 400 })
  await removeReviewPolicy(app.domain, exam, SUE)
  t.type(await createReviewPolicy(app.domain, exam, 'Again', SUE), 'number')
})

t.test('what is not there cannot be changed or removed', async t => {
  const app = await buildTestApp(t)
  const exam = await addExam(app, { is_proctored: false })
  await t.rejects(updateReviewPolicy(app.domain, exam, 'x', SUE), { code: 'INV_REVIEW_POLICY_NOT_FOUND', statusCode: 400 })
  await t.rejects(updateReviewPolicy(app.domain, exam, '', SUE), { code: 'INV_REVIEW_POLICY_NOT_FOUND' })
  await t.rejects(removeReviewPolicy(app.domain, exam, SUE), { code: 'INV_REVIEW_POLICY_NOT_FOUND' })
  await t.rejects(createReviewPolicy(app.domain, 4711, 'x', SUE), { code: 'INV_EXAM_NOT_FOUND' })
  await createReviewPolicy(app.domain, exam, 'x', SUE)
  t.same(await takeVendorOrders(app), [], 'a timed exam has no vendor to tell')
})
