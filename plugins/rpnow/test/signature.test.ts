import t from 'tap'
import { assertCryptoKey } from '../exam-password.ts'
import { bodyString, examNameFor, examPassword, signRequest, splitName } from '../index.ts'
import { registrationBody } from '../registration.ts'
import { EXAM, LAUNCH_URL, LEARNER, NOW, OPTIONS } from './helper.ts'

const KEYS = { secretKeyId: OPTIONS.secret_key_id, secretKey: OPTIONS.secret_key }
const DATE = 'Wed, 02 Jan 2030 03:04:05 GMT'
const BODY = registrationBody(EXAM, LEARNER, { ...OPTIONS, verbose_name: 'RPNow' }, NOW)
const SIGNED = `duration:90
examCode:CODE
examName:Sample_ Exam_1
examPassword:zAitLXJtYcc=
examSponsor:edX LMS
examUrl:${LAUNCH_URL}
orgExtra.courseID:course-v1:edX+D+R
orgExtra.email:j@x.org
orgExtra.examEndDate:Wed, 02 Jan 2030 04:34:05 GMT
orgExtra.examID:7
orgExtra.examStartDate:Wed, 02 Jan 2030 03:04:05 GMT
orgExtra.firstName:John
orgExtra.lastName:Q Public
orgExtra.noOfStudents:1
organization:edx
reviewedExam:true
reviewerNotes:Closed Book
ssiProduct:rp-now
`

t.test('a registration is signed as the vendor checks it, byte for byte', async t => {
  t.equal(bodyString(BODY), SIGNED)
  t.equal(signRequest(BODY, { contentType: 'application/json', date: DATE }, KEYS), 'SSI foo:YqRfiAyi7M7qlEX/FOkgIp2PNc1pZZtwP8587F3KnJA=')
})

t.test('a change of any signed part changes the signature', async t => {
  const of = (changes: object, contentType = 'application/json', date = DATE) => signRequest({ ...BODY, ...changes }, { contentType, date }, KEYS)
  t.equal(of({ duration: 0 }), 'SSI foo:XBelleB3NzbJMafMrFhHwHPnXI9S02rB2+szyc4C8LM=', 'zero minutes are signed as null')
  t.equal(of({ reviewedExam: false }), 'SSI foo:by1cMc+b2epKz6ZzUw5g38MQ3SSNe1BaWK+T8jfdEnc=')
  t.equal(of({ reviewerNotes: '' }), 'SSI foo:HOyc/5IJ5PUYOkZDktadd45Yok2Zr9rFYbj5enO0gfk=')
  t.equal(of({ reviewerNotes: null }), 'SSI foo:IUa3JyE1Gz05yYnq7XqfwHIixzmuholeuyJxWMWHtYA=')
  t.equal(of({ examName: 'Prüfung' }), 'SSI foo:N07AnMuMLmNHcpfoEpR9zfMh9B2QL9he6P7sXbgGB4o=', 'text beyond ASCII is signed as UTF-8')
  t.not(of({}, 'text/plain'), of({}))
  t.not(of({}, undefined, 'Wed, 02 Jan 2030 03:04:06 GMT'), of({}))
})

t.test('Q69: the oddities of the signed text are kept', async t => {
  const odd = { a: { b: { c: 1, d: [1, 2] } }, z: [], n: 0, e: '', f: 1.5, l: [{ k: 'v' }, 's', null, true], t: true, N: null }
  t.equal(bodyString(odd), 'N:null\nb.c:1\nd.0:1\nd.1:2\ne:\nf:1.5\nl.0.k:v\nl.1:s\nl.2:None\nl.3:True\nn:null\nt:true\n')
  t.equal(bodyString({ b: false, l: [false, 0] }), 'b:false\nl.0:False\nl.1:0\n')
  t.equal(bodyString({ '\u{1f600}': 1, '\uffff': 2 }), '\uffff:2\n\u{1f600}:1\n', 'keys are in the order of code points')
})

t.test('exam passwords are those the vendor computes', async t => {
  const key = OPTIONS.crypto_key
  t.equal(examPassword('CODE', key), 'zAitLXJtYcc=')
  t.equal(examPassword('abcdefgh', key), 'tBpTepTnDSAhBfHAEq/wbg==', 'a full block is padded by another one')
  t.equal(examPassword('D5A1B3F0-0000-4000-8000-000000000001', key), 'Ibj0w/DiC7krjZtpTl9CBio79de8v27k30BnXzCmAIFvnechZ+1UzA==')
  const twoKeys = '0123456789abcdef'
  t.equal(examPassword('CODE', twoKeys), examPassword('CODE', `${twoKeys}${twoKeys.slice(0, 8)}`), '16 bytes: the first key is used again')
})

t.test('a crypto key of another length is refused at the start', async t => {
  assertCryptoKey('0123456789abcdef')
  t.throws(() => assertCryptoKey('short'), { message: /crypto_key.* 16 or 24 bytes.* found 5/ })
  t.throws(() => assertCryptoKey('ü'.repeat(16)), { message: /found 32/ }, 'bytes count, not characters')
})

t.test('exam names lose what the vendor cannot store', async t => {
  t.equal(examNameFor('Sample: Exam/1'), 'Sample_ Exam_1')
  t.equal(examNameFor('[]<>#:|!?/\'"*\\'), '_'.repeat(14))
  t.equal(examNameFor('Prüfung № 1 – é'), 'Prufung No 1  e')
  t.equal(examNameFor('Экзамен'), 'Proctored Exam', 'nothing is left: a name is needed all the same')
  t.equal(examNameFor('試験 1'), ' 1')
})

t.test('names are split at the first space', async t => {
  t.same(splitName('John Q Public'), { firstName: 'John', lastName: 'Q Public' })
  t.same(splitName('Cher'), { firstName: 'Cher', lastName: '' })
  t.same(splitName(''), { firstName: '', lastName: '' })
  t.same(splitName(' Ωμέγα  Δέλτα'), { firstName: '', lastName: 'Ωμέγα  Δέλτα' })
})
