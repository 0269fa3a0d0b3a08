import { ADA, API } from '../../../helper/app.ts'
import { moveTo } from '../../walk/scene.ts'
import { LOST_RACE, UNKNOWN_ID, withEach, type Refusal, type Refusals } from './case.ts'
import { act, loseEveryRace, loseNoRace, makeDue, makePractice, makeTimed, removeAll, setStatus } from './scenes.ts'

const unknownAttempt = (more: Partial<Refusal> = {}): Refusal => ({ title: 'no attempt has this id', code: 'INV_ATTEMPT_NOT_FOUND', params: () => ({ attempt_id: UNKNOWN_ID }), says: { detail: /./ }, ...more })
const notOwn: Refusal[] = [
  { title: 'it is another learner\'s', code: 'INV_FORBIDDEN', as: 'other learner' },
  { title: 'it is a learner\'s, and the caller is staff', code: 'INV_FORBIDDEN', as: 'staff' },
]
const named = (more: Partial<Refusal>): Refusal => ({ title: 'a learner names a user', code: 'INV_FORBIDDEN', as: 'learner', query: () => ({ user_id: 102 }), ...more })
const noNumber: Refusal = { title: 'the user\'s id is no number', code: 'INV_BAD_REQUEST', as: 'staff', query: () => ({ user_id: 'x' }), says: { detail: /user_id/ } }

const action = (name: string | undefined, title: string, code: Refusal['code'], more: Partial<Refusal> = {}): Refusal => ({ title: `${name}: ${title}`, code, body: () => ({ action: name }), ...more })
const resume = { action: 'mark_ready_to_resume' }

/** Contract 02 §4. */
export const ATTEMPT_REFUSALS: Refusals = {
  [`POST ${API}/attempt`]: [
    { title: 'no exam has this id', code: 'INV_EXAM_NOT_FOUND', bodyWith: () => ({ exam_id: UNKNOWN_ID }) },
    ...withEach('exam_id', [undefined, null, 'x', '', {}], 'INV_BAD_REQUEST', { says: { detail: /exam_id/ } }),
    ...withEach('start_clock', ['perhaps', 7, {}], 'INV_BAD_REQUEST', { says: { detail: /start_clock/ } }),
    ...withEach('attempt_proctored', ['perhaps', []], 'INV_BAD_REQUEST', { says: { detail: /attempt_proctored/ } }),
    { title: 'the learner has one', code: 'INV_ATTEMPT_EXISTS', as: 'learner', before: async () => {} },
    { title: 'the exam is past its due date', code: 'INV_FORBIDDEN', before: async scene => { await removeAll(scene); await makeDue(scene) }, says: { detail: /due date/ } },
    { title: 'the practice exam is past its due date, and is to be proctored', code: 'INV_EXAM_PAST_DUE', as: 'learner', before: async scene => { await removeAll(scene); await makePractice(scene); await makeDue(scene) } },
    {
      title: 'the exam is not proctored, and is to be', code: 'INV_BAD_REQUEST', says: { detail: /not proctored/ },
      before: async scene => { await removeAll(scene); await makeTimed(scene) },
    },
    { title: 'the provider no longer serves the course', code: 'INV_PROVIDER_WITHDRAWN', house: 'providers for some', before: async scene => { await removeAll(scene); await moveTo(scene, 'acme') } },
    {
      title: 'a vendor misses the learner\'s onboarding, and the clock is to start', code: 'INV_ILLEGAL_TRANSITION', house: 'a vendor that misses onboarding', leaves: 'the attempt, whose page leads to the onboarding',
      before: async scene => { await removeAll(scene); await moveTo(scene, 'strict') }, bodyWith: () => ({ start_clock: true }),
    },
    { ...LOST_RACE, as: 'learner', leaves: 'the vendor\'s order to forget the attempt it took in', before: async scene => { await loseNoRace(scene); await makePractice(scene); await act(scene, 'submit'); await loseEveryRace(scene) } },
  ],
  [`GET ${API}/attempt/:attempt_id`]: [unknownAttempt(), ...notOwn],
  [`PUT ${API}/attempt/:attempt_id`]: [
    unknownAttempt(),
    ...notOwn,
    action('submit', 'it is another learner\'s, and the caller is staff of the course', 'INV_FORBIDDEN', { as: 'course staff' }),
    action(undefined, 'no action is named (Q23)', 'INV_BAD_REQUEST', { says: { detail: /start, stop, submit/ } }),
    action('constructor', 'there is no such action (Q23)', 'INV_BAD_REQUEST', { says: { detail: /constructor/ } }),
    action('start', 'the attempt runs', 'INV_ALREADY_STARTED', { before: scene => act(scene, 'start') }),
    action('start', 'the attempt is handed in', 'INV_ILLEGAL_TRANSITION', { before: scene => act(scene, 'submit') }),
    ...['start', 'stop', 'click_download_software'].map(name => action(name, 'the attempt is reviewed', 'INV_ILLEGAL_TRANSITION', { before: scene => setStatus(scene, 'verified') })),
    ...['submit', 'error', 'decline'].map(name => action(name, 'the attempt is reviewed (Q2)', 'INV_ATTEMPT_REVIEWED', { before: scene => setStatus(scene, 'verified') })),
    action('reset_attempt', 'it is no practice exam', 'INV_NOT_RESETTABLE', { before: scene => act(scene, 'submit'), says: { detail: /practice/ } }),
    action('reset_attempt', 'the practice attempt goes on', 'INV_NOT_RESETTABLE', { before: makePractice, says: { detail: /still/ } }),
    action('reset_attempt', 'the practice attempt is verified', 'INV_NOT_RESETTABLE', { before: async scene => { await makePractice(scene); await setStatus(scene, 'verified') }, says: { detail: /verified/ } }),
    action('reset_attempt', 'the practice exam is past its due date', 'INV_EXAM_PAST_DUE', { before: async scene => { await makePractice(scene); await act(scene, 'submit'); await makeDue(scene) } }),
    action('reset_attempt', 'the provider no longer serves the course', 'INV_PROVIDER_WITHDRAWN', { house: 'providers for some', before: async scene => { await makePractice(scene); await act(scene, 'submit'); await moveTo(scene, 'acme') } }),
    { title: 'a learner lets himself resume (Q34)', code: 'INV_FORBIDDEN', before: scene => act(scene, 'error'), body: () => resume },
    { title: 'a learner names himself (Q34)', code: 'INV_FORBIDDEN', before: scene => act(scene, 'error'), body: () => ({ ...resume, user_id: ADA.id }) },
    { title: 'a learner names himself for something else', code: 'INV_FORBIDDEN', body: () => ({ action: 'submit', user_id: ADA.id }) },
    { title: 'staff names nobody', code: 'INV_FORBIDDEN', as: 'staff', before: scene => act(scene, 'error'), body: () => resume },
    { title: 'staff names a learner for something else', code: 'INV_FORBIDDEN', as: 'staff', body: () => ({ action: 'submit', user_id: ADA.id }) },
    { title: 'staff names another learner', code: 'INV_FORBIDDEN', as: 'staff', before: scene => act(scene, 'error'), body: () => ({ ...resume, user_id: 102 }) },
    { title: 'staff of another course', code: 'INV_FORBIDDEN', as: 'staff of another course', before: scene => act(scene, 'error'), body: () => ({ ...resume, user_id: ADA.id }) },
    { title: 'the attempt goes on', code: 'INV_NOT_RESUMABLE', as: 'staff', body: () => ({ ...resume, user_id: ADA.id }) },
    { title: 'the user\'s id is no number', code: 'INV_BAD_REQUEST', as: 'staff', body: () => ({ ...resume, user_id: 'x' }) },
    LOST_RACE,
  ],
  [`DELETE ${API}/attempt/:attempt_id`]: [
    unknownAttempt(),
    { title: 'no attempt has this id, and the caller is nobody\'s staff (Q43)', code: 'INV_FORBIDDEN', as: 'learner', params: () => ({ attempt_id: UNKNOWN_ID }) },
    { title: 'it is one\'s own', code: 'INV_FORBIDDEN', as: 'learner' },
    { title: 'another course stands in the body (Q31)', code: 'INV_FORBIDDEN', as: 'staff of another course', body: () => ({ course_id: 'course-v1:edX+Other+2030' }) },
    LOST_RACE,
  ],
  [`PUT ${API}/attempt/:attempt_id/review_status`]: [
    unknownAttempt(),
    ...notOwn,
    { title: 'exams are not shown after their due date', code: 'INV_NOT_FOUND', house: 'without past exams', says: { detail: /./ } },
    unknownAttempt({ title: 'which is said before the attempt is looked for', code: 'INV_NOT_FOUND', house: 'without past exams' }),
    LOST_RACE,
  ],
  [`GET ${API}/attempt/course_id/:course_id`]: [
    named({}),
    named({ title: 'a learner names himself', query: () => ({ user_id: ADA.id }) }),
    noNumber,
    { title: 'no user has this id', code: 'INV_USER_NOT_FOUND', as: 'staff', query: ({ contentId }) => ({ content_id: contentId, user_id: UNKNOWN_ID }) },
  ],
  [`GET ${API}/active_attempt`]: [named({}), named({ title: 'a learner names himself', query: () => ({ user_id: ADA.id }) }), noNumber],
  [`GET ${API}/active_exams_for_user`]: [named({ title: 'a learner names another (Q32)' }), noNumber],
}
