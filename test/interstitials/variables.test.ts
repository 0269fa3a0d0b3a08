import t from 'tap'
import { ATTEMPT_STATUSES } from '../../core/domain/attempt/status.ts'
import { attemptUrls, buildProctoredVariables, buildTimedVariables, waitDeadline } from '../../core/interstitials/variables.ts'
import { attempt, exam, now, pageFacts, platform, proctoredFacts, times } from './page-samples.ts'

const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const expired = (changes = {}) => buildTimedVariables(pageFacts({
  attempt: attempt({ status: 'submitted', startedAt: minutesAgo(90.5), completedAt: minutesAgo(0.5), allowedTimeLimitMins: 90, ...changes }),
})).has_time_expired

t.test('a timed page gets the variables of the contract', async t => {
  const variables = buildTimedVariables(pageFacts({ exam: exam({ isProctored: false }), attempt: null, times: times({ remainingSeconds: 0 }) }))
  t.match(variables, {
    total_time: '1 hour and 30 minutes',
    hide_extra_time_footer: false,
    will_be_revealed: false,
    exam_id: 7,
    exam_name: 'Midterm',
    progress_page_url: 'https://lms.test/progress',
    does_time_remain: false,
    has_time_expired: false,
    enter_exam_endpoint: '/api/edx_proctoring/v1/proctored_exam/attempt',
    change_state_url: '',
    course_id: 'course-v1:edX+Demo+2030',
  })
  t.notOk('wait_deadline' in variables)
})

t.test('answers are revealed after a due date unless they are hidden', async t => {
  const reveal = (dueDate: Date | null, hideAfterDue: boolean) => buildTimedVariables(pageFacts({ exam: exam({ hideAfterDue }), times: times({ dueDate }) })).will_be_revealed
  t.equal(reveal(now, false), true)
  t.equal(reveal(now, true), false)
  t.equal(reveal(null, false), false)
})

t.test('the note on extra time is left out for exams longer than 20 hours', async t => {
  t.equal(buildTimedVariables(pageFacts({ exam: exam({ timeLimitMins: 1200 }) })).hide_extra_time_footer, false)
  t.equal(buildTimedVariables(pageFacts({ exam: exam({ timeLimitMins: 1201 }) })).hide_extra_time_footer, true)
})

t.test('the time ran out only when all of it was used and less than a minute ago', async t => {
  t.equal(expired(), true)
  t.equal(expired({ startedAt: minutesAgo(90.4) }), false, 'handed in before the end')
  t.equal(expired({ startedAt: minutesAgo(91), completedAt: minutesAgo(1) }), false, 'a minute ago is too long ago')
  t.equal(expired({ status: 'verified' }), false)
  t.equal(expired({ status: 'timed_out', startedAt: null }), true, 'the status says so itself')
})

t.test('Q56: a submitted attempt without its times does not break the page', async t => {
  t.equal(expired({ startedAt: null }), false)
  t.equal(expired({ completedAt: null }), false)
  t.equal(expired({ allowedTimeLimitMins: null }), false)
})

t.test('the shown time is what was allowed, unless the learner starts anew', async t => {
  const shown = (changes = {}) => buildTimedVariables(pageFacts({ attempt: attempt({ allowedTimeLimitMins: 45, ...changes }) })).total_time
  t.equal(shown(), '45 minutes')
  t.equal(shown({ allowedTimeLimitMins: null }), '1 hour and 30 minutes')
  t.equal(shown({ allowedTimeLimitMins: 0 }), '1 hour and 30 minutes', 'as in the data of the attempt')
  t.equal(shown({ readyToResume: true }), '1 hour and 30 minutes')
  t.equal(shown({ readyToResume: true, resumed: true }), '45 minutes')
})

t.test('the waiting banner has a deadline while the grace period runs', async t => {
  const dueDate = new Date('2029-12-31T23:30:00Z')
  t.same(waitDeadline({ now, dueDate, gracePeriodSeconds: 3600 }), new Date('2030-01-01T00:30:00Z'))
  t.equal(waitDeadline({ now, dueDate, gracePeriodSeconds: 1800 }), null, 'passed is inclusive')
  t.equal(waitDeadline({ now, dueDate, gracePeriodSeconds: 0 }), null)
  t.equal(waitDeadline({ now, dueDate: null, gracePeriodSeconds: 3600 }), null)
  t.equal(buildTimedVariables(pageFacts({ times: times({ dueDate, gracePeriodSeconds: 3600 }) })).wait_deadline, '2030-01-01T00:30:00+00:00')
  t.equal(buildTimedVariables(pageFacts({ times: times({ dueDate: new Date('2030-01-01T00:00:00.250Z'), gracePeriodSeconds: 1 }) })).wait_deadline, '2030-01-01T00:00:01.250000+00:00')
})

t.test('a proctored page gets the variables of the contract', async t => {
  const variables = buildProctoredVariables(proctoredFacts({ reviewPolicy: 'Open book', viewablePastDue: true, times: times({ pastDue: true }) }))
  t.match(variables, {
    platform_name: 'Example U',
    total_time: '1 hour and 30 minutes',
    exam_id: 7,
    is_sample_attempt: false,
    has_due_date: false,
    has_due_date_passed: true,
    able_to_reenter_exam: true,
    exam_started_poll_url: '/api/edx_proctoring/v1/proctored_exam/attempt/41',
    change_state_url: '/api/edx_proctoring/v1/proctored_exam/attempt/41',
    update_is_status_acknowledge_url: '/api/edx_proctoring/v1/proctored_exam/attempt/41/review_status',
    tech_support_email: 'tech@lms.test',
    proctoring_escalation_email: null,
    exam_review_policy: 'Open book',
    backend_js_bundle: 'https://lms.test/static/bundles/test-worker.js',
    provider_tech_support_email: 'support@vendor.test',
    provider_tech_support_phone: '+1-555-0100',
    provider_name: 'Test Proctor',
    learner_notification_from_email: 'notify@vendor.test',
    integration_specific_email: 'help@lms.test',
    exam_display_name: 'Midterm',
    reset_link: 'https://lms.test/password_assistance',
    ping_interval: 60,
    can_view_content_past_due: true,
    exam_code: 'D5A1B3F0-0000-4000-8000-000000000001',
    attempt_external_id: 'pa-1',
  })
  for (const key of ['backend_instructions', 'software_download_url', 'prerequisite_status', 'onboarding_status', 'onboarding_link', 'wait_deadline']) {
    t.notOk(key in variables, `${key} only where it belongs`)
  }
})

t.test('without an attempt there is no code and no address of it', async t => {
  const variables = buildProctoredVariables(proctoredFacts({ attempt: null }))
  t.notOk('exam_code' in variables)
  t.equal(variables.change_state_url, '')
  t.equal(variables.exam_started_poll_url, '')
  t.equal(variables.update_is_status_acknowledge_url, '')
})

t.test('nobody can re-enter without time or in a browser the provider blocks', async t => {
  const able = (remainingSeconds: number, blockedByProvider: boolean) => buildProctoredVariables(proctoredFacts({ blockedByProvider, times: times({ remainingSeconds }) })).able_to_reenter_exam
  t.equal(able(1, false), true)
  t.equal(able(0, false), false)
  t.equal(able(1, true), false)
})

t.test('the set-up page knows a vendor without instructions from one that did not answer', async t => {
  t.match(buildProctoredVariables(proctoredFacts({ setup: { instructions: null, softwareDownloadUrl: null } })), { backend_instructions: null, software_download_url: null, instructions_unavailable: false })
  t.match(buildProctoredVariables(proctoredFacts({ setup: 'unavailable' })), { backend_instructions: null, software_download_url: null, instructions_unavailable: true })
  t.match(buildProctoredVariables(proctoredFacts({ setup: { instructions: ['Install'], softwareDownloadUrl: 'https://x.test' } })), { backend_instructions: ['Install'], software_download_url: 'https://x.test' })
})

t.test('only onboarding refusals speak of onboarding, with an empty link when there is no such exam', async t => {
  for (const status of ATTEMPT_STATUSES) {
    const { onboarding_status: told, onboarding_link: link } = buildProctoredVariables(proctoredFacts({ attempt: attempt({ status }) }))
    const refused = /^onboarding_(missing|pending|failed|expired)$/.test(status)
    t.equal(told, refused ? status : undefined, status)
    t.equal(link, refused ? '' : undefined, status)
  }
  t.equal(buildProctoredVariables(proctoredFacts({ attempt: attempt({ status: 'onboarding_missing' }), onboardingLink: '/jump' })).onboarding_link, '/jump')
})

t.test('the provider\'s own contact comes before the platform\'s; practice and onboarding are samples', async t => {
  const { provider } = proctoredFacts()
  t.equal(buildProctoredVariables(proctoredFacts({ provider: { ...provider, integrationSpecificEmail: 'own@vendor.test' } })).integration_specific_email, 'own@vendor.test')
  t.equal(buildProctoredVariables(proctoredFacts({ platform: { ...platform, escalationEmail: 'esc@x.test' } })).proctoring_escalation_email, 'esc@x.test')
  t.equal(buildProctoredVariables(proctoredFacts({ worker: null })).backend_js_bundle, '')
  t.equal(buildProctoredVariables(proctoredFacts({ family: 'practice' })).is_sample_attempt, true)
  t.equal(buildProctoredVariables(proctoredFacts({ family: 'onboarding' })).is_sample_attempt, true)
})

t.test('addresses follow the root of the API', async t => {
  t.same(attemptUrls('/x', null), { enterExam: '/x/v1/proctored_exam/attempt', changeState: '', acknowledge: '' })
  t.equal(attemptUrls('/x', 3).acknowledge, '/x/v1/proctored_exam/attempt/3/review_status')
})
