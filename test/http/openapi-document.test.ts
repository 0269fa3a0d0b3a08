import t from 'tap'
import { Type } from 'typebox'
import { Check } from 'typebox/value'
import { nameComponents } from '../../core/http/openapi-components.ts'
import { nameOperation } from '../../core/http/operation-name.ts'
import { buildTestApp } from '../helper/app.ts'

const Schema = Type.Record(Type.String(), Type.Unknown())
const Body = Type.Object({ content: Type.Object({ 'application/json': Type.Object({ schema: Schema }) }) })
const Operation = Type.Object({ operationId: Type.String(), summary: Type.String(), tags: Type.Array(Type.String(), { minItems: 1 }), requestBody: Type.Optional(Body), responses: Type.Record(Type.String(), Schema) })
const Document = Type.Object({ paths: Type.Record(Type.String(), Type.Record(Type.String(), Operation)), components: Type.Object({ schemas: Type.Record(Type.String(), Schema) }) })

t.test('the whole document is one that code can be made from', async t => {
  const app = await buildTestApp(t)
  const document: unknown = app.swagger()
  if (!Check(Document, document)) return t.fail('expected every operation to have a name, a summary and a tag')
  const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ where: `${method} ${path}`, ...operation })))
  t.ok(operations.length > 40)

  t.test('every operation has a name of its own', async t => {
    t.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length)
    for (const { operationId } of operations) t.match(operationId, /^(?:get|put|post|patch|delete)[A-Z][A-Za-z0-9]+$/)
  })

  t.test('every body that is asked for is described', async t => {
    for (const { where, requestBody } of operations) {
      if (requestBody) t.ok(['type', '$ref', 'anyOf', 'oneOf'].some(key => key in requestBody.content['application/json'].schema), where)
    }
    t.match(document.components.schemas.NewExam, { required: ['course_id', 'content_id', 'external_id', 'exam_name', 'time_limit_mins', 'is_proctored', 'is_practice_exam', 'is_active', 'hide_after_due'] })
    t.match(document.components.schemas.RegisteredExam, { properties: { external_id: { anyOf: [{ type: 'string' }, { type: 'null' }] } } })
  })

  t.test('answers have words, empty ones have no content, and refusals are one component', async t => {
    for (const { where, responses } of operations) {
      t.ok('default' in responses, where)
      t.notOk(Object.values(responses).some(({ description }) => description === 'Default Response'), where)
    }
    const removal = operations.find(({ where }) => where === 'delete /api/edx_proctoring/v1/proctored_exam/attempt/{attempt_id}')
    t.strictSame(removal?.responses['200'], { description: 'no body' })
    t.strictSame(removal?.responses['409'], { $ref: '#/components/responses/Refusal', description: 'INV_CONFLICT' })
  })

  t.test('what has a default need not be sent', async t => {
    const { parameters } = Object(document.paths['/api/invigil/v1/effects']?.get)
    t.match(parameters.find(({ name }: { name: string }) => name === 'limit'), { required: false, schema: { default: 50 } })
  })
})

t.test('names say the method, the place and what it is found by', async t => {
  t.equal(nameOperation('PUT', '/api/edx_proctoring/v1/proctored_exam/attempt/:attempt_id'), 'putAttemptByAttemptId')
  t.equal(nameOperation('GET', '/api/edx_proctoring/v1/proctored_exam/exam/exam_id/:exam_id(^\\d+$)'), 'getExamByExamId')
  t.equal(nameOperation('GET', '/api/invigil/v1/courses/:course_id/last_completion'), 'getCoursesLastCompletionByCourseId')
  t.equal(nameOperation('GET', '/health/'), 'getHealth')
})

t.test('two schemas cannot share a title', async t => {
  const answer = (schema: object) => ({ get: { responses: { 200: { content: { 'application/json': { schema } } } } } })
  const one = { title: 'Exam', type: 'object' }
  t.match(nameComponents({ paths: { '/a': answer(one), '/b': answer(one) } }), { components: { schemas: { Exam: { type: 'object' } } } })
  t.throws(() => nameComponents({ paths: { '/a': answer(one), '/b': answer({ title: 'Exam', type: 'string' }) } }), /two schemas with the title "Exam" differ/)
})
