import t from 'tap'
import { ATTEMPT_STATUSES, type AttemptStatus } from '../../../core/domain/attempt/status.ts'
import { availabilityOf, chooseExam, releaseDateOf } from '../../../core/domain/onboarding/availability.ts'
import { instructorProfile, learnerProfile } from '../../../core/domain/onboarding/profile.ts'
import { instructorWord, profileWords, wordOfProfile } from '../../../core/domain/onboarding/words.ts'
import type { CourseOutlineDetails } from '../../../core/lms/services.ts'

const NOW = new Date('2030-01-01T00:00:00Z')
const day = (offset: number) => new Date(NOW.getTime() + offset * 86_400_000)
const attempt = (id: number, status: AttemptStatus, daysAgo: number) => ({ id, status, modifiedAt: day(-daysAgo) })

t.test('instructors have words of their own; what tells them nothing has none', async t => {
  const words = Object.fromEntries(ATTEMPT_STATUSES.map(status => [status, instructorWord(status)]))
  t.same(words, {
    eligible: null,
    created: 'setup_started',
    download_software_clicked: 'setup_started',
    ready_to_start: 'setup_started',
    started: 'onboarding_started',
    ready_to_submit: 'onboarding_started',
    declined: null,
    timed_out: null,
    submitted: 'submitted',
    second_review_required: null,
    verified: 'verified',
    rejected: 'rejected',
    error: 'error',
    expired: 'expired',
    onboarding_reset: 'onboarding_reset_past_due',
    onboarding_missing: null,
    onboarding_pending: null,
    onboarding_failed: null,
    onboarding_expired: null,
  })
})

t.test('the vendor\'s words and ours are translated both ways', async t => {
  const pairs = [
    ['no-profile', 'not_started'], ['approved-in-course', 'verified'], ['approved-in-different-course', 'other_course_approved'],
    ['rejected', 'rejected'], ['expired', 'expired'], ['pending', 'submitted'],
  ] as const
  for (const [theirs, ours] of pairs) {
    t.equal(wordOfProfile(theirs), ours)
    t.same(profileWords([ours]), [theirs])
  }
  t.equal(wordOfProfile('strange'), null)
  t.same(profileWords(['submitted', 'setup_started', 'verified']), ['pending', 'approved-in-course'], 'in the order they were asked for; Q38: words the vendor does not know are left out')
  t.same(profileWords(['setup_started']), [])
})

t.test('a learner is verified here, approved elsewhere, or where the latest attempt stands', async t => {
  t.same(learnerProfile({ here: [], approved: [] }), { status: null, expiresAt: null })
  t.same(learnerProfile({ here: [attempt(2, 'rejected', 1), attempt(1, 'submitted', 2)], approved: [] }), { status: 'rejected', expiresAt: null })
  t.same(learnerProfile({ here: [attempt(2, 'created', 1), attempt(1, 'verified', 800)], approved: [] }), { status: 'verified', expiresAt: day(-435) }, 'verified here, however long ago')
  t.same(learnerProfile({ here: [attempt(2, 'created', 1)], approved: [attempt(1, 'verified', 100), attempt(3, 'verified', 200)] }), { status: 'other_course_approved', expiresAt: day(265) })
})

t.test('for instructors a verified attempt counts, else the latest, and a reset one gives way to its successor', async t => {
  const of = (...here: ReturnType<typeof attempt>[]) => instructorProfile({ here, approved: [] })
  t.same(of(), { status: 'not_started', modifiedAt: null })
  t.same(of(attempt(2, 'submitted', 1), attempt(1, 'rejected', 2)), { status: 'submitted', modifiedAt: day(-1) })
  t.same(of(attempt(3, 'created', 1), attempt(2, 'verified', 2), attempt(1, 'rejected', 3)), { status: 'verified', modifiedAt: day(-2) })
  t.same(of(attempt(1, 'onboarding_reset', 1), attempt(2, 'created', 1)), { status: 'setup_started', modifiedAt: day(-1) })
  t.same(of(attempt(2, 'onboarding_reset', 1), attempt(1, 'onboarding_reset', 2)), { status: 'onboarding_reset_past_due', modifiedAt: day(-1) }, 'nothing came after it')
  t.same(of(attempt(2, 'declined', 1)), { status: null, modifiedAt: day(-1) })
  const elsewhere = { approved: [attempt(9, 'verified', 50)] }
  t.same(instructorProfile({ here: [], ...elsewhere }), { status: 'other_course_approved', modifiedAt: day(-50) })
  t.same(instructorProfile({ here: [attempt(1, 'rejected', 1)], ...elsewhere }), { status: 'other_course_approved', modifiedAt: day(-50) })
  t.same(instructorProfile({ here: [attempt(1, 'verified', 1)], ...elsewhere }), { status: 'verified', modifiedAt: day(-1) })
})

const exam = (contentId: string, dueDate: Date | null = null) => ({ contentId, dueDate })
const outline = (accessible: string[], sequences: CourseOutlineDetails['sequences'], courseEnd: Date | null = null): CourseOutlineDetails => ({ accessibleSequences: accessible, sequences, courseEnd })

t.test('why an exam cannot be opened is read from the platform\'s schedule', async t => {
  const judge = (effectiveStart: Date | null, due: Date | null, courseEnd: Date | null = null) => availabilityOf(exam('x'), outline([], { x: { effectiveStart, due } }, courseEnd), NOW)
  t.equal(availabilityOf(exam('x', day(-1)), outline(['x'], {}), NOW), 'available', 'what the platform opens is open')
  t.equal(availabilityOf(exam('x'), outline(['y'], {}), NOW), 'hidden', 'not in the schedule')
  t.equal(availabilityOf(exam('constructor'), outline([], {}), NOW), 'hidden')
  t.equal(judge(day(1), null), 'future')
  t.equal(judge(day(1), day(-1)), 'future', 'the start is looked at first')
  t.equal(judge(day(-2), day(-1)), 'past-due')
  t.equal(judge(null, day(-1)), 'past-due')
  t.equal(judge(day(-2), null, day(-1)), 'past-due', 'without a due date the end of the course counts')
  t.equal(judge(day(-2), day(60), day(-1)), 'hidden', 'the due date goes before the end of the course')
  t.equal(judge(day(-2), null), 'hidden')
  t.equal(judge(NOW, null), 'hidden', 'what starts now is not in the future')
})

t.test('without a platform that knows, an exam is open until it is due', async t => {
  t.equal(availabilityOf(exam('x'), null, NOW), 'available')
  t.equal(availabilityOf(exam('x', day(1)), null, NOW), 'available')
  t.equal(availabilityOf(exam('x', day(-1)), null, NOW), 'past-due')
  t.equal(releaseDateOf(exam('x'), null), null)
})

t.test('a learner is led to what is open, else to what will be, else to what was', async t => {
  const [past, future, open, hidden] = [exam('past'), exam('future'), exam('open'), exam('hidden')]
  const details = outline(['open'], { past: { effectiveStart: day(-9), due: day(-1) }, future: { effectiveStart: day(1), due: null } })
  const choose = (...exams: ReturnType<typeof exam>[]) => chooseExam(exams, details, NOW)
  t.same(choose(past, future, hidden, open), { exam: open, availability: 'available' })
  t.same(choose(past, hidden, future), { exam: future, availability: 'future' })
  t.same(choose(hidden, past), { exam: past, availability: 'past-due' })
  t.equal(choose(hidden), null)
  t.equal(choose(), null)
  t.same(releaseDateOf(future, details), day(1))
  t.equal(releaseDateOf(open, details), null, 'Q38: open, but not in the schedule')
})
