import { UNKNOWN_ID, withEach, type Refusals } from './case.ts'

const NATIVE = '/api/invigil/v1'
const badClient = [
  ...withEach('client_secret', ['wrong', ''], 'INV_BAD_CLIENT'),
  ...withEach('client_id', ['nobody', 'globex-vendor'], 'INV_BAD_CLIENT'),
  { title: 'nothing is sent', code: 'INV_BAD_REQUEST' as const, body: () => ({}) },
]
const noSuchProvider = { title: 'no provider has this name', code: 'INV_NOT_FOUND' as const, params: () => ({ name: 'nobody' }), says: { code: 'INV_NOT_FOUND', detail: /nobody/ } }
const noSuchEffect = { title: 'no effect has this id', code: 'INV_EFFECT_NOT_FOUND' as const, params: () => ({ id: UNKNOWN_ID }) }
const named = { title: 'a learner names another', code: 'INV_FORBIDDEN' as const, as: 'other learner' as const, bodyWith: () => ({ user_id: 101 }) }

/** What the old wire does not have. */
export const NATIVE_REFUSALS: Refusals = {
  'GET /metrics': [{ title: 'the token is missing', code: 'INV_UNAUTHENTICATED', house: 'guarded metrics' }],
  'POST /oauth2/access_token': badClient,
  'POST /oauth2/access_token/': badClient,
  [`POST ${NATIVE}/student_view`]: [
    named,
    { title: 'no user has this id', code: 'INV_USER_NOT_FOUND', as: 'staff', bodyWith: () => ({ user_id: UNKNOWN_ID }) },
    ...withEach('course_id', [undefined, null, '', 7], 'INV_BAD_REQUEST', { says: { code: 'INV_BAD_REQUEST', detail: /course_id/ } }),
    ...withEach('context', [{ due_date: '2030-02-30T00:00:00Z' }, { is_proctored: 'yes' }, []], 'INV_BAD_REQUEST', { says: { detail: /context|due_date/ } }),
  ],
  [`POST ${NATIVE}/attempt_summaries`]: [named, ...withEach('content_ids', [[], 'x', undefined, [7]], 'INV_BAD_REQUEST', { says: { detail: /content_ids/ } })],
  [`GET ${NATIVE}/courses/:course_id/violations`]: [
    { title: 'the kind of reviews is not known', code: 'INV_BAD_REQUEST', query: () => ({ reviews: 'some' }) },
    { title: 'the page is too large', code: 'INV_BAD_REQUEST', query: () => ({ limit: 501 }) },
  ],
  [`GET ${NATIVE}/courses/:course_id/last_completion`]: [{ title: 'a learner names another', code: 'INV_FORBIDDEN', as: 'other learner', query: () => ({ username: 'ada' }) }],
  [`GET ${NATIVE}/effects`]: [{ title: 'the state is not known', code: 'INV_BAD_REQUEST', query: () => ({ state: 'lost' }) }],
  [`POST ${NATIVE}/effects/:id/retry`]: [noSuchEffect],
  'POST /operate/effects/:id/retry': [noSuchEffect],
  [`GET ${NATIVE}/providers/:name`]: [noSuchProvider],
  [`POST ${NATIVE}/providers/:name/retry_effects`]: [noSuchProvider],
  [`GET ${NATIVE}/attempts/:attempt_id/timeline`]: [
    { title: 'no attempt has this id', code: 'INV_NOT_FOUND', params: () => ({ attempt_id: UNKNOWN_ID }) },
    { title: 'it is another learner\'s', code: 'INV_FORBIDDEN', as: 'other learner' },
  ],
  'POST /demo/clock': [...withEach('freeze', ['soon', '1969-01-01T00:00:00Z', '3000-01-01T00:00:00Z'], 'INV_BAD_REQUEST', { body: () => ({}) }), { title: 'it is told two things', code: 'INV_BAD_REQUEST', body: () => ({ release: true, advance_seconds: 1 }) }],
}
