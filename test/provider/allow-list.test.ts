import t from 'tap'
import { isCoursePattern, isOrganisation, servesCourse, type AllowList } from '../../core/provider/allow-list.ts'

const NEW = 'course-v1:Acme+Bio1+2030'
const OLD = 'Acme/Bio1/2030'

const SERVED: readonly [string, AllowList, string, boolean][] = [
  ['no list serves every course', {}, NEW, true],
  ['no list serves even what is no course key', {}, 'anything', true],
  ['a whole key serves that course', { courses: [NEW] }, NEW, true],
  ['a whole key serves no longer one', { courses: [NEW] }, `${NEW}b`, false],
  ['a whole key serves no shorter one', { courses: [NEW] }, NEW.slice(0, -1), false],
  ['letters count as they are written', { courses: [NEW] }, NEW.toLowerCase(), false],
  ['a star serves all that begin like it', { courses: ['course-v1:Acme+Bio*'] }, NEW, true],
  ['a star may stand for nothing', { courses: [`${NEW}*`] }, NEW, true],
  ['a star serves nothing that begins otherwise', { courses: ['course-v1:Acme+Chem*'] }, NEW, false],
  ['dots and brackets are no patterns', { courses: ['course-v1:A.me+[B]*'] }, NEW, false],
  ['the second of two patterns counts', { courses: ['Other/*', 'Acme/*'] }, OLD, true],
  ['an organisation serves its new keys', { organizations: ['Acme'] }, NEW, true],
  ['an organisation serves its old keys', { organizations: ['Acme'] }, OLD, true],
  ['an organisation is the whole first part', { organizations: ['Acm'] }, NEW, false],
  ['an organisation serves nothing that is no course key', { organizations: ['Acme'] }, 'Acme', false],
  ['a course of either list is served', { courses: ['Other/*'], organizations: ['Acme'] }, OLD, true],
  ['a course of neither list is not', { courses: ['Other/*'], organizations: ['Globex'] }, OLD, false],
]

t.test('which courses a provider serves', async t => {
  for (const [title, list, courseId, expected] of SERVED) t.equal(servesCourse(list, courseId), expected, title)
})

t.test('what can stand in the lists', async t => {
  for (const text of [NEW, OLD, 'course-v1:Acme+*', 'Acme/*', 'course-v1:*', 'A*']) t.ok(isCoursePattern(text), text)
  for (const text of ['', '*', 'course-v1:*+Bio*', '**', 'course-v1:Acme+Bio1', 'Acme', `${NEW} `, ' Acme/*', 'course-v1:Ac me+*', '*/Bio1/2030']) t.notOk(isCoursePattern(text), `not "${text}"`)
  for (const text of ['Acme', 'MITx', 'Universität', 'a.b-c_d']) t.ok(isOrganisation(text), text)
  for (const text of ['', 'Acme*', 'Acme+Bio', 'Acme/Bio', 'course-v1:Acme', 'Ac me', ' Acme']) t.notOk(isOrganisation(text), `not "${text}"`)
})
