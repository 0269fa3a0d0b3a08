import t from 'tap'
import { pingLimits, startLimits } from '../../core/browser/limits.ts'
import { needsLeaveWarning, readAttempt } from '../../core/browser/timer/attempt.ts'
import { deadlineFrom, levelOf, nextDue, passedMark, secondsLeft, untilNextSecond } from '../../core/browser/timer/deadline.ts'
import { clockText, spokenTime } from '../../core/browser/timer/format.ts'
import { schedulePoll } from '../../core/browser/timer/poll.ts'
import { createState, GRACE_MS } from '../../core/browser/timer/state.ts'

const data = (changes: object = {}) => ({
  in_timed_exam: true,
  taking_as_proctored: true,
  exam_type: 'a proctored exam',
  exam_display_name: 'Midterm',
  exam_url_path: '/courses/course-v1:A+B+C/jump_to/x',
  time_remaining_seconds: 1799.9,
  low_threshold_sec: 360,
  critically_low_threshold_sec: 90,
  course_id: 'course-v1:A+B+C',
  attempt_id: 41,
  external_id: 'pa-1',
  attempt_status: 'started',
  exam_started_poll_url: '/api/edx_proctoring/v1/proctored_exam/attempt/41',
  desktop_application_js_url: 'https://lms.test/worker.js',
  ping_interval: 60,
  ...changes,
})
const read = (changes: object = {}) => {
  const attempt = readAttempt(data(changes))
  if (!attempt) throw new Error('expected an attempt')
  return attempt
}

t.test('time is shown as h:mm:ss, never less than nothing', async t => {
  const cases = [[0, '0:00:00'], [-4, '0:00:00'], [59, '0:00:59'], [61, '0:01:01'], [5399, '1:29:59'], [36_000, '10:00:00']] as const
  for (const [seconds, text] of cases) t.equal(clockText(seconds), text)
})

t.test('time is spoken in words of any language', async t => {
  t.equal(spokenTime(5400, 'en'), '1 hour and 30 minutes')
  t.equal(spokenTime(3600, 'en'), '1 hour')
  t.equal(spokenTime(2998, 'en'), '50 minutes', 'read just after the mark')
  t.equal(spokenTime(331, 'en'), '5 minutes', 'never more than there is')
  t.equal(spokenTime(60, 'es'), '1 minuto')
  t.equal(spokenTime(30, 'en'), null)
  t.equal(spokenTime(-3, 'en'), null)
})

t.test('the deadline lies in the middle of the request, and does not drift with late ticks', async t => {
  t.equal(deadlineFrom(10, 1000, 1400), 11_200)
  t.equal(secondsLeft(11_200, 1200), 10)
  t.equal(secondsLeft(11_200, 1201), 9)
  t.equal(secondsLeft(11_200, 12_000), -1)
  for (const now of [0, 1, 999, 10_200, 11_200, 13_950]) {
    const next = now + untilNextSecond(11_200, now)
    t.ok(secondsLeft(11_200, next) === secondsLeft(11_200, now) - 1 || secondsLeft(11_200, next) === secondsLeft(11_200, now), `at ${now}`)
    t.ok(next > now && next - now <= 1005)
  }
})

t.test('levels follow the thresholds, both inclusive', async t => {
  const thresholds = { low: 360, critical: 90 }
  t.same([361, 360, 91, 90, 0, -5].map(seconds => levelOf(seconds, thresholds)), ['normal', 'low', 'low', 'critical', 'critical', 'critical'])
})

t.test('only the marks are announced, once, and a slept-over mark is not repeated', async t => {
  t.equal(passedMark(3001, 3000), 50)
  t.equal(passedMark(3000, 2999), null)
  t.equal(passedMark(3002, 2998), 50)
  t.equal(passedMark(3100, 500), 10, 'the last of those passed')
  t.equal(passedMark(61, 60), 1)
  t.equal(passedMark(500, 900), null, 'more time was granted')
  const said = Array.from({ length: 3600 }, (_, second) => passedMark(3600 - second, 3599 - second)).filter(mark => mark !== null)
  t.same(said, [50, 25, 10, 5, 1])
})

t.test('Q57: odd ping intervals ping as well, half an interval off', async t => {
  const services = { now: () => 1000, pollMs: 60_000 }
  const pingAt = (changes: object) => createState(read(changes), 1e9, services).pingAt
  t.equal(pingAt({ ping_interval: 60 }), 31_000)
  t.equal(pingAt({ ping_interval: 15 }), 8000)
  t.equal(pingAt({ desktop_application_js_url: '' }), Infinity)
  t.equal(pingAt({ ping_interval: undefined }), Infinity)
  t.equal(nextDue(31_000, 60_000, 31_005), 91_000)
  t.equal(nextDue(31_000, 60_000, 500_000), 511_000, 'a tab that slept does not catch up')
})

t.test('polls come every minute, at the end of the grace, and then ever more rarely', async t => {
  let now = 0
  const services = { now: () => now, pollMs: 60_000 }
  const state = createState(read(), 100_000, services)
  t.equal(state.pollAt, 60_000)
  now = 60_000
  schedulePoll(state, services)
  t.equal(state.pollAt, 100_000 + GRACE_MS)
  const pauses = []
  now = 105_000
  for (let round = 0; round < 6; round++) {
    schedulePoll(state, services)
    pauses.push(state.pollAt - now)
    now = state.pollAt
  }
  t.same(pauses, [5000, 10_000, 20_000, 40_000, 60_000, 60_000])
  state.endsAt = now + 600_000
  schedulePoll(state, services)
  t.equal(state.pollAt - now, 60_000, 'more time was granted: back to normal')
})

t.test('the page waits longer than it tells the provider to', async t => {
  for (const interval of [1, 5, 15, 60, 120]) {
    const ping = pingLimits(interval)
    t.ok((ping.timeoutMs ?? 0) > 0 && (ping.timeoutMs ?? 0) < ping.limitMs, `interval ${interval}`)
    t.equal(ping.limitMs, interval * 1000)
  }
  t.same(pingLimits(60), { timeoutMs: 50_000, limitMs: 60_000 })
  t.same(startLimits(60), { timeoutMs: 60_000, limitMs: 70_000 })
  t.same(startLimits(), { timeoutMs: 60_000, limitMs: 70_000 })
})

t.test('there is a clock only for a running attempt with time left', async t => {
  t.equal(readAttempt({ in_timed_exam: false, is_proctored: false }), null)
  t.equal(readAttempt(null), null)
  t.equal(readAttempt(data({ time_remaining_seconds: 0 })), null)
  t.equal(readAttempt(data({ attempt_status: 'error' })), null)
  t.equal(readAttempt(data({ attempt_status: 'submitted' })), null)
  t.equal(read({ attempt_status: 'ready_to_submit' }).status, 'ready_to_submit')
  t.same(read({ external_id: null }).worker, { url: 'https://lms.test/worker.js', attemptExternalId: undefined })
})

t.test('leaving is warned of only for proctored learners about to hand in, inside the course', async t => {
  const inside = 'https://lms.test/courses/course-v1:A+B+C/courseware/a/b'
  t.ok(needsLeaveWarning(read({ attempt_status: 'ready_to_submit' }), inside))
  t.ok(needsLeaveWarning(read({ attempt_status: 'ready_to_submit' }), 'https://lms.test/courses/course-v1%3AA%2BB%2BC/courseware/'))
  t.notOk(needsLeaveWarning(read(), inside))
  t.notOk(needsLeaveWarning(read({ attempt_status: 'ready_to_submit', taking_as_proctored: false }), inside))
  t.notOk(needsLeaveWarning(read({ attempt_status: 'ready_to_submit' }), 'https://lms.test/courses/other/courseware/'))
})
