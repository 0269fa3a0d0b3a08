import { API } from '../../../helper/app.ts'
import { moveTo, type Scene } from '../../walk/scene.ts'
import { BARE, LOST_RACE, NOTHING, withEach, type Refusal, type Refusals } from './case.ts'
import { makeTimed, review } from './scenes.ts'

const CODE = 'A1B2C3D4-0000-4000-8000-000000000000'
const COMMENT = { comment: 'looked away', status: 'Suspicious', start: 1, stop: 2, duration: 1 }
const unknown = { params: () => ({ external_id: CODE }) }
const about = (title: string, examMetaData: (scene: Scene) => unknown, more: Partial<Refusal> = {}): Refusal =>
  ({ title, code: 'INV_BAD_REQUEST', bodyWith: scene => ({ examMetaData: examMetaData(scene) }), says: { detail: /./ }, ...more })
const moved = (scene: Scene) => moveTo(scene, 'software_secure')

/** Contract 02 §5. */
export const CALLBACK_REFUSALS: Refusals = {
  [`POST ${API}/attempt/:external_id/ready`]: [
    { title: 'no attempt has this id', code: 'INV_NOT_FOUND', ...unknown, says: BARE },
    { title: 'it is another vendor\'s', code: 'INV_NOT_FOUND', as: 'another vendor', says: BARE },
    { title: 'a learner says so of his own (Q33)', code: 'INV_FORBIDDEN', as: 'learner' },
    LOST_RACE,
  ],
  [`POST ${API}/attempt/:external_id/reviewed`]: [
    { title: 'no attempt has this id', code: 'INV_ATTEMPT_NOT_FOUND', ...unknown, says: { detail: /./ } },
    { title: 'it is another vendor\'s', code: 'INV_ATTEMPT_NOT_FOUND', as: 'another vendor' },
    { title: 'a learner reviews himself', code: 'INV_FORBIDDEN', as: 'learner', says: NOTHING },
    { title: 'staff of the course is no reviewer', code: 'INV_FORBIDDEN', as: 'course staff', says: NOTHING },
    { title: 'no attempt has this id, which is said before who may', code: 'INV_ATTEMPT_NOT_FOUND', as: 'learner', ...unknown },
    { title: 'the exam is no longer proctored', code: 'INV_NO_LONGER_PROCTORED', before: makeTimed, says: BARE },
    ...withEach('status', ['fine', undefined, null, 7], 'INV_PROVIDER_REFUSED', { says: { detail: /status/ } }),
    ...withEach('comments', ['none', [7], [{ ...COMMENT, comment: undefined }], [{ ...COMMENT, status: null }], [{ ...COMMENT, start: 'x' }], [{ ...COMMENT, stop: {} }], [{ ...COMMENT, duration: 1e12 }]], 'INV_PROVIDER_REFUSED', { says: { detail: /comment/ } }),
    { title: 'it has a review, and reviews may not be updated', code: 'INV_REVIEW_EXISTS', house: 'one review each', before: review },
    { title: 'its provider takes no reviews (Q42)', code: 'INV_REVIEW_INVALID', as: 'staff', before: scene => moveTo(scene, 'null'), says: { detail: /null/ } },
    LOST_RACE,
  ],
  'POST /api/edx_proctoring/proctoring_review_callback/': [
    about('it does not say what it is about', () => undefined),
    about('no code is named', ({ externalId }) => ({ ssiRecordLocator: externalId })),
    about('no attempt has this code', ({ externalId }) => ({ examCode: CODE, ssiRecordLocator: externalId })),
    about('the code is no text', ({ externalId }) => ({ examCode: 7, ssiRecordLocator: externalId })),
    { title: 'the attempt is another vendor\'s', code: 'INV_BAD_REQUEST', before: scene => moveTo(scene, 'acme'), says: { detail: /not reviewed by/ } },
    { title: 'the provider of unsigned reviews is not there', code: 'INV_NOT_FOUND', house: 'no provider for unsigned reviews' },
    { title: 'the provider of unsigned reviews is off', code: 'INV_PROVIDER_DISABLED', house: 'unsigned reviews of a provider that is off', before: moved },
    { title: 'the provider of unsigned reviews is retired', code: 'INV_PROVIDER_RETIRED', house: 'unsigned reviews of a retired provider', before: moved },
    { title: 'the provider of unsigned reviews takes none', code: 'INV_REVIEW_INVALID', house: 'unsigned reviews of a provider that takes none', before: moved },
    { title: 'it has a review, and reviews may not be updated', code: 'INV_REVIEW_EXISTS', house: 'one review each', before: review },
    ...withEach('status', ['fine', undefined], 'INV_PROVIDER_REFUSED', { says: { detail: /status/ } }),
    LOST_RACE,
  ],
  'GET /api/edx_proctoring/proctoring_launch_callback/start_exam/:attempt_code': [
    { title: 'no attempt has this code', code: 'INV_NOT_FOUND', params: () => ({ attempt_code: CODE }), says: /^[A-Z][^"{<]+\n$/ },
    LOST_RACE,
  ],
}
