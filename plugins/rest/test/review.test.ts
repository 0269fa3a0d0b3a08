import t from 'tap'
import { normaliseStandardReview } from '../review.ts'
import { ATTEMPT, connect, createCall, refusalOf } from './helper.ts'

const VENDOR = { url: 'http://vendor.test' }
const FULL = {
  status: 'suspicious',
  comments: [{ comment: 'second person', status: 'Suspicious', start: 12, stop: 88, duration: 76 }, { comment: 'phone', status: 'Suspicious' }],
  reviewed_by: 'prof@example.com',
  videoReviewLink: 'https://videos.test/1',
  anything: { else: true },
}

t.test('a review in the standard body is read', async t => {
  t.same(normaliseStandardReview(FULL), {
    status: 'suspicious',
    comments: [
      { comment: 'second person', status: 'Suspicious', start: 12, stop: 88, duration: 76 },
      { comment: 'phone', status: 'Suspicious', start: 0, stop: 0, duration: 0 },
    ],
    reviewedBy: 'prof@example.com',
  })
  for (const status of ['passed', 'violation', 'suspicious', 'not_reviewed']) t.same(normaliseStandardReview({ status }), { status, comments: [] })
  t.same(normaliseStandardReview({ status: 'passed', comments: null, reviewed_by: 5 }), { status: 'passed', comments: [] })
})

t.test('times are whole seconds, whatever a vendor writes', async t => {
  const { comments: [comment] } = normaliseStandardReview({ status: 'passed', comments: [{ comment: 'c', status: 's', start: 1.9, stop: '7', duration: null }] })
  t.match(comment, { start: 1, stop: 7, duration: 0 })
})

t.test('a bad review is refused with what is wrong', async t => {
  const { provider } = await connect(VENDOR)
  const refusals = [
    [{}, /status is missing/],
    [{ status: 'excellent' }, /"excellent".*expected one of passed, violation/],
    [{ status: 'Passed' }, /"Passed"/],
    [{ status: { toString: 'passed' } }, /status is {/],
    [{ status: 'passed', comments: 'none' }, /comments are "none"/],
    [{ status: 'passed', comments: ['x'] }, /comment 1 .* expected an object/],
    [{ status: 'passed', comments: [{ status: 's' }] }, /"comment"/],
    [{ status: 'passed', comments: [{ comment: 'c', status: 's' }, { comment: 'c' }] }, /comment 2 .*"status"/],
    [{ status: 'passed', comments: [{ comment: 'c', status: 's'.repeat(256) }] }, /at most 255/],
    [{ status: 'passed', comments: [{ comment: 'c', status: 's', start: 'soon' }] }, /"start" of comment 1.*"soon"/],
    [{ status: 'passed', comments: [{ comment: 'c', status: 's', stop: 1e12 }] }, /"stop"/],
    [{ status: 'passed', comments: [{ comment: 'c', status: 's', duration: [] }] }, /"duration"/],
  ] as const
  for (const [body, message] of refusals) {
    t.match(await refusalOf(provider.normaliseReview({ attempt: ATTEMPT, body }, createCall())), { status: 400, message }, JSON.stringify(body).slice(0, 60))
  }
})

t.test('the video address is kept only where the operator wants it', async t => {
  const plain = await connect(VENDOR)
  t.notOk((await plain.provider.normaliseReview({ attempt: ATTEMPT, body: FULL }, createCall())).videoReviewLink)
  const keeping = await connect(VENDOR, { accept_video_link: true })
  t.equal((await keeping.provider.normaliseReview({ attempt: ATTEMPT, body: FULL }, createCall())).videoReviewLink, 'https://videos.test/1')
})
