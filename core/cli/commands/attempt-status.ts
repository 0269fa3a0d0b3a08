import { countAttemptsAfter, listAttemptIds } from '../../domain/attempt/list.ts'
import { rerunEffects, setAttemptStatus } from '../../domain/attempt/set-status.ts'
import { findExam } from '../../domain/exam/read.ts'
import { actorFor, AS } from '../actor.ts'
import { BATCH_OPTIONS, runBatches } from '../batches.ts'
import { defineCommand } from '../command.ts'
import { attemptJson } from '../views.ts'

const setStatus = defineCommand({
  name: 'set_attempt_status',
  summary: 'Give an attempt another status, with everything that follows from it',
  description: 'The same rules and effects as for everybody. The status it has already runs its effects again.',
  options: {
    attempt: { kind: 'integer', value: 'ID', short: 'a', required: true, help: 'the attempt' },
    to: { kind: 'text', value: 'STATUS', short: 't', required: true, help: 'the new status' },
    as: AS,
  },
  async run ({ house, out }, { attempt, to, as }) {
    const { domain } = await house()
    out.say(`Setting attempt ${attempt} to ${to}.`)
    const record = await setAttemptStatus(domain, attempt, to, await actorFor(domain, 'set_attempt_status', as))
    out.say(`Attempt ${attempt} is ${record.attempt.status}.`, attemptJson(record))
  },
})

const updateForExam = defineCommand({
  name: 'update_attempts_for_exam',
  summary: 'Run the effects of every attempt of an exam again: credit, grades, e-mail, vendor',
  options: { exam_id: { kind: 'integer', value: 'ID', required: true, help: 'the exam' }, ...BATCH_OPTIONS, as: AS },
  async run (context, { exam_id: examId, as, ...settings }) {
    const { domain } = await context.house()
    const exam = await findExam(domain.db, examId)
    if (!exam) context.out.note(`There is no exam ${examId}.`)
    const actor = await actorFor(domain, 'update_attempts_for_exam', as)
    return runBatches(context, {
      record: 'attempt',
      count: async after => exam ? countAttemptsAfter(domain.db, exam.id, after) : 0,
      next: async (after, limit) => exam ? listAttemptIds(domain.db, exam.id, after, limit) : [],
      work: id => rerunEffects(domain, id, actor),
    }, settings)
  },
})

export default [setStatus, updateForExam]
