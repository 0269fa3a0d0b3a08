import { addExam, API, COURSE } from '../../../helper/app.ts'
import { moveTo } from '../../walk/scene.ts'
import { BARE, LOST_RACE, NOTHING, UNKNOWN_ID, withEach, type Refusal, type Refusals } from './case.ts'
import { addOnboarding, makeTimed, switchOff } from './scenes.ts'

const OTHER = 'course-v1:edX+Other+2030'
const V1 = '/api/edx_proctoring/v1'
const otherCourse: Refusal = { title: 'staff of another course names that one (Q31)', code: 'INV_FORBIDDEN', as: 'staff of another course', bodyWith: () => ({ course_id: OTHER }) }

const BULK: readonly Refusal[] = [
  otherCourse,
  ...withEach('exam_ids', ['', ' , ', '999999', '999999,888888'], 'INV_NOTHING_GRANTED', { says: { detail: /valid/, field: 'user_info' } }),
  ...withEach('user_ids', ['', 'nobody,none@example.com'], 'INV_NOTHING_GRANTED', { says: { detail: /valid/, field: 'user_info' } }),
  { title: 'the exam is switched off', code: 'INV_NOTHING_GRANTED', before: switchOff, says: { field: 'user_info' } },
  ...withEach('value', ['-1', 'ten', '', '1.5', ' ', 10, null, undefined], 'INV_ALLOWANCE_INVALID', { says: { detail: /positive/, field: 'allowance_value' } }),
  ...['0.5', '-2', 'inf', 'nan', 'x', ''].map((value): Refusal => ({
    title: `the multiplier is ${JSON.stringify(value)}`, code: 'INV_ALLOWANCE_INVALID', bodyWith: () => ({ allowance_type: 'time_multiplier', value }), says: { field: 'allowance_value' },
  })),
  ...withEach('allowance_type', [undefined, null, 7], 'INV_ALLOWANCE_INVALID', { says: { detail: /allowance_type/ } }),
  ...withEach('exam_ids', ['x', '1,x'], 'INV_BAD_REQUEST', { says: { detail: /exam_ids/ } }),
  ...withEach('user_ids', [{}], 'INV_BAD_REQUEST', { says: { detail: /user_ids/ } }),
  { title: 'there are too many', code: 'INV_BAD_REQUEST', bodyWith: () => ({ exam_ids: Array.from({ length: 201 }, (_, index) => index).join(), user_ids: Array.from({ length: 101 }, (_, index) => `u${index}`).join() }), says: { detail: /20000/ } },
]

/** Contract 02 §4.9, §4.10 and §6 to §9. */
export const COURSE_REFUSALS: Refusals = {
  [`DELETE ${API}/exam_id/:exam_id(^\\d+$)/user_id/:user_id(^\\d+$)/reset_attempts`]: [
    { title: 'the learner has none', code: 'INV_NOT_FOUND', params: () => ({ user_id: 102 }), says: BARE },
    { title: 'no user has this id', code: 'INV_NOT_FOUND', params: () => ({ user_id: UNKNOWN_ID }), says: BARE },
    { title: 'no exam has this id', code: 'INV_NOT_FOUND', params: () => ({ exam_id: UNKNOWN_ID }), says: BARE },
    { title: 'no exam has this id, and the caller is nobody\'s staff (Q43)', code: 'INV_FORBIDDEN', as: 'course staff', params: () => ({ exam_id: UNKNOWN_ID }) },
    { title: 'it is one\'s own', code: 'INV_FORBIDDEN', as: 'learner' },
    LOST_RACE,
  ],
  [`PUT ${API}/allowance`]: [
    otherCourse,
    ...withEach('user_info', ['nobody', 'none@example.com', '', UNKNOWN_ID, null, undefined], 'INV_USER_NOT_FOUND'),
    ...withEach('value', ['-1', 'ten', '1.5', '', 10, null, undefined], 'INV_ALLOWANCE_INVALID'),
    ...withEach('key', [null, undefined, 7], 'INV_ALLOWANCE_INVALID'),
    ...withEach('exam_id', [UNKNOWN_ID, undefined, null], 'INV_EXAM_NOT_FOUND'),
    ...withEach('exam_id', ['x', {}], 'INV_BAD_REQUEST'),
    { title: 'the exam is switched off (Q29)', code: 'INV_EXAM_INACTIVE', before: switchOff },
    { title: 'no exam has this id, and the caller is nobody\'s staff (Q43)', code: 'INV_FORBIDDEN', as: 'course staff', bodyWith: () => ({ exam_id: UNKNOWN_ID }) },
  ],
  [`DELETE ${API}/allowance`]: [
    otherCourse,
    ...withEach('exam_id', ['x', {}], 'INV_BAD_REQUEST'),
    ...withEach('user_id', ['ada', {}], 'INV_BAD_REQUEST'),
    { title: 'there are no fields, and the caller is nobody\'s staff', code: 'INV_FORBIDDEN', as: 'course staff', body: () => ({}) },
  ],
  [`PUT ${API}/bulk_allowance`]: BULK,
  [`PUT ${API}/:course_id/bulk_allowance`]: BULK,

  [`GET ${V1}/user_onboarding/status`]: [
    { title: 'no course is named', code: 'INV_BAD_REQUEST', query: () => ({}), says: { detail: /course_id/ } },
    { title: 'a learner names another', code: 'INV_FORBIDDEN', as: 'other learner', query: () => ({ course_id: COURSE, username: 'ada' }) },
    { title: 'no course is named comes first', code: 'INV_BAD_REQUEST', as: 'other learner', query: () => ({ username: 'ada' }) },
    { title: 'nobody has this name', code: 'INV_USER_NOT_FOUND', as: 'staff', query: () => ({ course_id: COURSE, username: 'nobody' }) },
    { title: 'the course has no onboarding exam', code: 'INV_NOT_FOUND', before: async () => {}, says: { detail: /onboarding/ } },
    { title: 'the provider knows no onboarding', code: 'INV_NOT_FOUND', before: scene => addOnboarding(scene, 'mock'), says: { detail: /onboarding/ } },
    { title: 'the provider is not there', code: 'INV_NOT_FOUND', before: scene => addOnboarding(scene, 'nobody'), says: { detail: /onboarding/ } },
    { title: 'the provider keeps no profiles', code: 'INV_NO_ONBOARDING_PROFILES', house: 'profiles of vendors', before: scene => addOnboarding(scene, 'keeps-none'), says: BARE },
  ],
  [`GET ${V1}/user_onboarding/status/course_id/:course_id`]: [
    { title: 'the course has no onboarding exam', code: 'INV_NOT_FOUND', before: async () => {}, says: { detail: /onboarding/ } },
    { title: 'the provider keeps no profiles', code: 'INV_NO_ONBOARDING_PROFILES', house: 'profiles of vendors', before: scene => addOnboarding(scene, 'keeps-none'), says: { detail: /profiles/ } },
    { title: 'the vendor does not answer', code: 'INV_ONBOARDING_UNAVAILABLE', house: 'profiles of vendors', says: { detail: /acme/ } },
  ],
  [`GET ${V1}/instructor/:course_id`]: [
    { title: 'the course has no exams', code: 'INV_NO_DASHBOARD', as: 'staff', params: () => ({ course_id: encodeURIComponent(OTHER) }), says: BARE },
    { title: 'no exam is proctored', code: 'INV_NO_DASHBOARD', before: makeTimed, says: BARE },
    { title: 'the exams have two providers', code: 'INV_SEVERAL_DASHBOARDS', before: async scene => { await moveTo(scene, 'acme'); await addExam(scene.app, { content_id: 'second' }) }, says: BARE },
    { title: 'the provider has no dashboard', code: 'INV_NO_DASHBOARD', before: async () => {}, says: BARE },
  ],
  [`GET ${V1}/instructor/:course_id/:exam_id(^\\d+$)`]: [
    { title: 'no exam has this id (Q36)', code: 'INV_NO_DASHBOARD', params: () => ({ exam_id: UNKNOWN_ID }), says: BARE },
    { title: 'the exam is of another course (Q36)', code: 'INV_NO_DASHBOARD', as: 'staff', params: () => ({ course_id: encodeURIComponent(OTHER) }), says: BARE },
    { title: 'the exam is not proctored', code: 'INV_NO_DASHBOARD', before: makeTimed, says: BARE },
    { title: 'the provider has no dashboard', code: 'INV_NO_DASHBOARD', before: async () => {}, says: BARE },
  ],
  [`POST ${V1}/retire_backend_user/:user_id(^\\d+$)/`]: [
    { title: 'a vendor does not retire the learner', code: 'INV_NOT_RETIRED', house: 'a vendor that retires nobody', before: scene => moveTo(scene, 'stubborn'), says: { stubborn: false } },
    { title: 'the provider is not there (Q78)', code: 'INV_NOT_RETIRED', before: scene => moveTo(scene, 'nobody'), says: { nobody: false } },
    { title: 'a learner asks', code: 'INV_FORBIDDEN', as: 'learner', says: NOTHING },
  ],
  [`POST ${V1}/retire_user/:user_id(^\\d+$)/`]: [{ title: 'a learner asks', code: 'INV_FORBIDDEN', as: 'learner', says: NOTHING }],
}
