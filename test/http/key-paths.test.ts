import t from 'tap'
import { encodeKeysInPath } from '../../core/http/key-paths.ts'

const P = '/api/edx_proctoring/v1/proctored_exam'
const NEW = 'course-v1:edX+Demo+2030'
const ENCODED = encodeURIComponent(NEW)
const OLD = 'edX/DemoX/2030'
const ONE = 'edX%2FDemoX%2F2030'
const BLOCK = encodeURIComponent('block-v1:edX+Demo+2030+type@sequential+block@x')

t.test('an old course id is one segment, whatever follows', async t => {
  const ends = ['', '?content_id=a/b', '/content_id/x', '/search/ada', '/exam_id/7', '/attempts?exam_id=7', '/allowances', '/allowances/3', '/onboarding']
  for (const end of ends) t.equal(encodeKeysInPath(`/api/v1/exams/course_id/${OLD}${end}`), `/api/v1/exams/course_id/${ONE}${end}`, end)
  for (const end of ['allowance', 'grouped/allowance', 'bulk_allowance']) t.equal(encodeKeysInPath(`${P}/${OLD}/${end}`), `${P}/${ONE}/${end}`)
  for (const end of ['', '/7', '/7?attempt=a/b']) t.equal(encodeKeysInPath(`/api/edx_proctoring/v1/instructor/${OLD}${end}`), `/api/edx_proctoring/v1/instructor/${ONE}${end}`)
})

t.test('a course id of one segment stays as it is, raw, encoded or external, and so does what follows', async t => {
  for (const key of [NEW, ENCODED, ENCODED.replaceAll('%3A', '%3a').replaceAll('%2B', '%2b'), 'external-key_1', ONE]) {
    const ends = ['', `/content_id/${BLOCK}`, '/search/ada', '/exam_id/7', '/attempts?exam_id=7', '/allowances', '/allowances/3', '/onboarding']
    for (const end of ends) t.equal(encodeKeysInPath(`/api/v1/exams/course_id/${key}${end}`), `/api/v1/exams/course_id/${key}${end}`, key + end)
    for (const end of ['allowance', 'grouped/allowance', 'bulk_allowance']) t.equal(encodeKeysInPath(`${P}/${key}/${end}`), `${P}/${key}/${end}`)
    for (const end of ['', '/7']) t.equal(encodeKeysInPath(`/api/edx_proctoring/v1/instructor/${key}${end}`), `/api/edx_proctoring/v1/instructor/${key}${end}`)
  }
})

t.test('content ids and search texts may hold slashes; the query is left alone', async t => {
  t.equal(encodeKeysInPath(`${P}/exam/course_id/${ENCODED}/content_id/i4x://edX/x`), `${P}/exam/course_id/${ENCODED}/content_id/i4x:%2F%2FedX%2Fx`)
  t.equal(encodeKeysInPath(`${P}/attempt/grouped/course_id/${OLD}/search/a/b?page=1/2`), `${P}/attempt/grouped/course_id/${ONE}/search/a%2Fb?page=1/2`)
  t.equal(encodeKeysInPath('/static/course_id/a/b/c'), '/static/course_id/a/b/c')
})
