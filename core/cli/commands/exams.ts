import { getExam, listExams } from '../../domain/exam/read.ts'
import { reviewPolicyOf } from '../../domain/exam/review-policy-of.ts'
import { snakeKeys } from '../../snake-case.ts'
import { defineCommand } from '../command.ts'
import { examRow } from '../views.ts'

const list = defineCommand({
  name: 'exams list',
  summary: 'List the exams of a course',
  options: {
    course: { kind: 'text', value: 'COURSE', required: true, help: 'the course id' },
    active: { kind: 'flag', help: 'active ones only' },
  },
  async run ({ house, out }, { course, active }) {
    const { domain } = await house()
    const exams = (await listExams(domain.db, course)).filter(exam => exam.isActive || !active)
    out.table(exams.map(examRow), exams.map(snakeKeys))
  },
})

const show = defineCommand({
  name: 'exams show',
  summary: 'Show one exam',
  positionals: { id: { kind: 'integer', value: 'ID', required: true, help: 'the exam' } },
  async run ({ house, out }, { id }) {
    const { domain } = await house()
    const exam = await getExam(domain.db, id)
    const policy = await reviewPolicyOf(domain.db, id)
    const whole = { ...snakeKeys(exam), review_policy: policy?.text ?? null }
    out.fields({ ...examRow(exam), course: exam.courseId, 'kept after due': exam.hideAfterDue, 'review policy': policy?.text }, whole)
  },
})

export default [list, show]
