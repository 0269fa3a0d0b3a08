import t from 'tap'
import { normaliseReview } from '../review.ts'
import { ATTEMPT, createCall, start } from './helper.ts'

const BODY = { examMetaData: { examCode: 'CODE', ssiRecordLocator: 'rp-1' }, reviewStatus: 'Clean' }
const COMMENT = { comments: 'looked away', eventStart: 12, eventFinish: 88, duration: 76, eventStatus: 'Suspicious' }

t.test('the vendor\'s words become the house\'s', async t => {
  const words = [['Clean', 'passed'], ['Rules Violation', 'violation'], ['Suspicious', 'suspicious'], ['Not Reviewed', 'not_reviewed']]
  for (const [reviewStatus, status] of words) {
    t.same(normaliseReview({ attempt: ATTEMPT, body: { ...BODY, reviewStatus } }), { status, comments: [], reviewedBy: null })
  }
  for (const reviewStatus of ['Bogus', 'clean', '', null, undefined, 5, ['Clean']]) {
    t.throws(() => normaliseReview({ attempt: ATTEMPT, body: { ...BODY, reviewStatus } }), { status: 400, message: /reviewStatus/ }, String(reviewStatus))
  }
})

t.test('comments of the camera come before those of the desktop', async t => {
  const desktop = { comments: 'other site', eventStart: '3', eventFinish: 4.9, duration: '1.9', eventStatus: 'Info' }
  const { comments } = normaliseReview({ attempt: ATTEMPT, body: { ...BODY, desktopComments: [desktop], webCamComments: [COMMENT] } })
  t.same(comments, [
    { comment: 'looked away', status: 'Suspicious', start: 12, stop: 88, duration: 76 },
    { comment: 'other site', status: 'Info', start: 3, stop: 4, duration: 1 },
  ])
  t.same(normaliseReview({ attempt: ATTEMPT, body: { ...BODY, webCamComments: null } }).comments, [])
})

t.test('a comment that is not whole is refused, naming its place', async t => {
  const bad: [object, RegExp][] = [
    [{ webCamComments: 'none' }, /webCamComments/],
    [{ desktopComments: [COMMENT, null] }, /desktopComments\[1\]/],
    [{ desktopComments: [[]] }, /desktopComments\[0\]/],
    [{ webCamComments: [{ ...COMMENT, comments: undefined }] }, /\[0\]\.comments is missing/],
    [{ webCamComments: [{ ...COMMENT, eventStatus: 'x'.repeat(256) }] }, /eventStatus/],
    [{ webCamComments: [{ ...COMMENT, eventStart: undefined }] }, /eventStart is missing/],
    [{ webCamComments: [{ ...COMMENT, eventFinish: 'soon' }] }, /eventFinish/],
    [{ webCamComments: [{ ...COMMENT, duration: 1e12 }] }, /duration/],
    [{ webCamComments: [{ ...COMMENT, duration: '' }] }, /duration/],
  ]
  for (const [fields, message] of bad) t.throws(() => normaliseReview({ attempt: ATTEMPT, body: { ...BODY, ...fields } }), { status: 400, message })
})

t.test('the record locator must be the one of the registration, whatever its case', async t => {
  const withLocator = (ssiRecordLocator: unknown) => ({ ...BODY, examMetaData: { ssiRecordLocator } })
  t.equal(normaliseReview({ attempt: { ...ATTEMPT, externalId: 'aB-1' }, body: withLocator('Ab-1') }).status, 'passed')
  for (const locator of ['RP-2', '', null, undefined, 7, ['RP-1']]) {
    t.throws(() => normaliseReview({ attempt: ATTEMPT, body: withLocator(locator) }), { status: 400, message: /ocator/ })
  }
  for (const body of [{ reviewStatus: 'Clean' }, { ...BODY, examMetaData: 'x' }, { ...BODY, examMetaData: [] }]) {
    t.throws(() => normaliseReview({ attempt: ATTEMPT, body }), { status: 400, message: /ssiRecordLocator/ })
  }
  t.throws(() => normaliseReview({ attempt: ATTEMPT, body: withLocator('RP-2') }), { message: /^(?!.*RP-1)/ }, 'the right one is not given away')
})

t.test('a simulated review needs no matching locator, but an attempt the vendor knows (Q77)', async t => {
  const body = { ...BODY, examMetaData: { ssiRecordLocator: 'made up' } }
  t.equal(normaliseReview({ attempt: ATTEMPT, body, simulationAllowed: true }).status, 'passed')
  t.throws(() => normaliseReview({ attempt: ATTEMPT, body, simulationAllowed: false }), { status: 400, message: /not the one/ })
  t.throws(() => normaliseReview({ attempt: { ...ATTEMPT, externalId: null }, body, simulationAllowed: true }), { status: 400, message: /never registered/ })
})

t.test('Q75: a reviewer named by an unsigned body is not believed', async t => {
  t.equal(normaliseReview({ attempt: ATTEMPT, body: { ...BODY, reviewed_by: 'prof@example.com', reviewedBy: 'x' } }).reviewedBy, null)
})

t.test('the link to the recording is kept, when it is one', async t => {
  const link = 'http://video.test/DirectLink-Generic.aspx?ID=foo'
  t.equal(normaliseReview({ attempt: ATTEMPT, body: { ...BODY, videoReviewLink: link } }).videoReviewLink, link)
  for (const videoReviewLink of ['', null, 5]) t.notOk('videoReviewLink' in normaliseReview({ attempt: ATTEMPT, body: { ...BODY, videoReviewLink } }))
})

t.test('instructors are sent to the recording as today\'s browsers play it', async t => {
  const provider = await start()
  const open = (videoReviewUrl?: string) => provider.getInstructorUrl?.({ courseId: 'c', user: { id: 'u', fullName: '', email: '' }, ...(videoReviewUrl !== undefined && { videoReviewUrl }) }, createCall())
  t.equal(await open('http://video.test/DirectLink-Generic.aspx?ID=foo'), 'http://video.test/DirectLink-HTML5.aspx?ID=foo')
  t.equal(await open('https://video.test/x'), 'https://video.test/x')
  for (const url of [undefined, '', 'javascript:alert(1)', 'not an address']) t.equal(await open(url), null, String(url))
})
