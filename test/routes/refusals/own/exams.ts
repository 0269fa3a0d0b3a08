import { API, COURSE } from '../../../helper/app.ts'
import type { Scene } from '../../walk/scene.ts'
import { UNKNOWN_ID, withEach, type Refusal, type Refusals } from './case.ts'

const unknownExam = (more: Partial<Refusal>): Refusal => ({ title: 'no exam has this id', code: 'INV_EXAM_NOT_FOUND', says: { detail: /./ }, ...more })
const REQUIRED = ['course_id', 'content_id', 'exam_name', 'external_id', 'time_limit_mins', 'is_proctored', 'is_practice_exam', 'is_active', 'hide_after_due']
const FIELD = (name: string) => ({ [name]: [/./] })

const item = ({ contentId }: Scene) => ({
  course_id: COURSE, content_id: `${contentId}-new`, exam_name: 'Another', time_limit_mins: 90, is_proctored: true, is_practice_exam: false, is_active: true, hide_after_due: false,
})
const listed = (title: string, items: (scene: Scene) => unknown, says: object): Refusal => ({ title, code: 'INV_REGISTRATION_INVALID', body: scene => Object(items(scene)), says })

/** Contract 02 §3. */
export const EXAM_REFUSALS: Refusals = {
  [`POST ${API}/exam`]: [
    ...REQUIRED.flatMap(field => withEach(field, [undefined, null], 'INV_EXAM_INVALID', { says: FIELD(field) })),
    ...withEach('exam_name', ['', '  '], 'INV_EXAM_INVALID', { says: FIELD('exam_name') }),
    ...withEach('external_id', ['', ' '], 'INV_EXAM_INVALID', { says: FIELD('external_id') }),
    ...withEach('time_limit_mins', ['ninety', 1.5, []], 'INV_EXAM_INVALID', { says: FIELD('time_limit_mins') }),
    ...withEach('is_active', ['maybe', 2, {}], 'INV_EXAM_INVALID', { says: FIELD('is_active') }),
    ...withEach('due_date', ['soon'], 'INV_EXAM_INVALID', { says: FIELD('due_date') }),
    { title: 'two fields are wrong', code: 'INV_EXAM_INVALID', bodyWith: () => ({ exam_name: '', time_limit_mins: 'x' }), says: { ...FIELD('exam_name'), ...FIELD('time_limit_mins') } },
    { title: 'the section has an exam', code: 'INV_EXAM_EXISTS', bodyWith: ({ contentId }) => ({ content_id: contentId }), says: { non_field_errors: [/unique set/] } },
    { title: 'the default provider is not for this course', code: 'INV_PROVIDER_NOT_FOR_COURSE', house: 'providers for some', bodyWith: () => ({ course_id: 'course-v1:Other+X+Y' }), says: { detail: /"mock", is not allowed/ } },
  ],
  [`PUT ${API}/exam`]: [
    unknownExam({ bodyWith: () => ({ exam_id: UNKNOWN_ID }) }),
    ...withEach('exam_id', [undefined, null, 'x', {}], 'INV_BAD_REQUEST', { says: { detail: /exam_id/ } }),
    ...withEach('time_limit_mins', ['ninety', {}], 'INV_BAD_REQUEST', { says: { detail: /time_limit_mins/ } }),
    ...withEach('is_proctored', ['maybe'], 'INV_BAD_REQUEST', { says: { detail: /is_proctored/ } }),
    ...withEach('exam_name', [[], {}], 'INV_BAD_REQUEST', { says: { detail: /exam_name/ } }),
    {
      title: 'proctoring is switched on, and the provider is not for this course', code: 'INV_PROVIDER_NOT_FOR_COURSE', house: 'providers for some', says: { detail: /"acme" is not allowed/ },
      before: ({ app, examId }) => app.db.query({ name: 't-timed', text: "update exam set backend = 'acme', is_proctored = false where id = $1" }, [examId]),
    },
    { title: 'its provider is not there', code: 'INV_PROVIDER_NOT_FOUND', before: ({ app }) => app.db.query({ name: 't-nobody', text: "update exam set backend = 'nobody'" }, []), says: { detail: /"nobody" is not loaded/ } },
  ],
  [`GET ${API}/exam/exam_id/:exam_id(^\\d+$)`]: [unknownExam({ params: () => ({ exam_id: UNKNOWN_ID }) }), unknownExam({ title: 'the id is 0 (Q24)', params: () => ({ exam_id: 0 }) })],
  [`GET ${API}/exam/course_id/:course_id/content_id/:content_id`]: [unknownExam({ title: 'the section has no exam', params: () => ({ content_id: 'nothing' }) })],
  [`GET ${API}/exam`]: [
    unknownExam({ query: () => ({ exam_id: UNKNOWN_ID }) }),
    unknownExam({ title: 'the section has no exam', query: () => ({ course_id: COURSE, content_id: 'nothing' }) }),
    { title: 'nothing is asked for (Q24)', code: 'INV_BAD_REQUEST', query: () => ({}), says: { detail: /exam_id/ } },
  ],
  [`PATCH ${API}/exam_registration/course_id/:course_id`]: [
    listed('it is no list', item, { non_field_errors: [/list/] }),
    listed('one of two lacks fields', scene => [item(scene), {}], [{}, { content_id: [/./], exam_name: [/./], time_limit_mins: [/./], is_proctored: [/./] }]),
    listed('one of two has a bad date', scene => [{ ...item(scene), due_date: 'soon' }, { ...item(scene), content_id: 'other' }], [{ due_date: [/./] }, {}]),
    listed('a provider is null', scene => [{ ...item(scene), backend: null }], [{ backend: [/./] }]),
    listed('an item is no object', () => [7], [{ non_field_errors: [/./] }]),
    { title: 'a new section comes twice', code: 'INV_EXAM_EXISTS', body: scene => [item(scene), item(scene)], says: { detail: /already has an exam/ }, leaves: 'the first exam, as publishers know it' },
    { ...listed('a provider is not for this course', scene => [item(scene), { ...item(scene), content_id: 'other', backend: 'acme' }], [{}, { backend: [/"acme" is not allowed/] }]), house: 'providers for some' },
    { title: 'a provider is not there', code: 'INV_PROVIDER_NOT_FOUND', body: scene => [{ ...item(scene), backend: 'nobody' }], says: { detail: /"nobody" is not loaded/ } },
  ],
  [`GET ${API}/settings/exam_id/:exam_id(^\\d+$)/`]: [unknownExam({ params: () => ({ exam_id: UNKNOWN_ID }) })],
}
