import { markReadyToResume } from '../../domain/attempt/actions.ts'
import { listAttempts } from '../../domain/attempt/list.ts'
import { removeAttempt } from '../../domain/attempt/remove.ts'
import { resetPractice } from '../../domain/attempt/reset-practice.ts'
import { ATTEMPT_STATUSES } from '../../domain/attempt/status.ts'
import { findAnyById } from '../../domain/attempt/store.ts'
import { attemptTimeline, type TimelineEntry } from '../../domain/attempt/timeline.ts'
import { wireTimelineEntry } from '../../schemas/timeline.ts'
import { actorFor, AS, AS_REQUIRED, requireUser } from '../actor.ts'
import { defineCommand } from '../command.ts'
import { CommandFault } from '../faults.ts'
import { noteNextPage, PAGE_OPTIONS } from '../pages.ts'
import { attemptJson, attemptRow } from '../views.ts'

const ID = { id: { kind: 'integer', value: 'ID', required: true, help: 'the attempt' } } as const
const letThrough = () => {}

const list = defineCommand({
  name: 'attempts list',
  summary: 'List attempts, newest first',
  options: {
    course: { kind: 'text', value: 'COURSE', help: 'of this course' },
    exam: { kind: 'integer', value: 'ID', help: 'at this exam' },
    user: { kind: 'text', value: 'USER', help: 'of this learner: user name or e-mail' },
    status: { kind: 'text', value: 'STATUS', choices: ATTEMPT_STATUSES, help: 'in this status' },
    removed: { kind: 'flag', help: 'removed attempts instead of live ones' },
    ...PAGE_OPTIONS,
  },
  async run ({ house, out }, { course, exam, user, status, removed, before, limit }) {
    const { domain } = await house()
    const userId = user === undefined ? undefined : (await requireUser(domain, user)).id
    const found = await listAttempts(domain.db, { courseId: course, examId: exam, userId, status, before, archived: removed, limit })
    out.table(found.map(attemptRow), found.map(attemptJson))
    noteNextPage(out, found.map(({ attempt }) => attempt.id), limit)
  },
})

const show = defineCommand({
  name: 'attempts show',
  summary: 'Show an attempt with its whole story',
  positionals: ID,
  async run ({ house, out }, { id }) {
    const { app, domain } = await house()
    const record = await findAnyById(domain.db, id)
    if (!record) throw new CommandFault(`There is no attempt ${id}.`)
    const timeline = await attemptTimeline(domain.db, record.attempt, (subject, limit) => app.effects.list({ subject, limit }))
    const { attempt } = record
    out.fields(
      { ...attemptRow(record), course: record.exam.courseId, code: attempt.attemptCode, external: attempt.externalId, minutes: attempt.allowedTimeLimitMins, proctored: attempt.takingAsProctored },
      { ...attemptJson(record), timeline: timeline.map(wireTimelineEntry) },
    )
    if (out.isJson) return
    out.say('')
    out.table(timeline.map(timelineRow))
  },
})

const remove = defineCommand({
  name: 'attempts remove',
  summary: 'Remove an attempt and have the platform undo what it caused; it stays readable',
  positionals: ID,
  options: { as: AS_REQUIRED },
  async run ({ house, out }, { id, as }) {
    const { domain } = await house()
    await removeAttempt(domain, id, await actorFor(domain, 'attempts remove', as))
    out.say(`Attempt ${id} is removed.`, { id, removed: true })
  },
})

const reset = defineCommand({
  name: 'attempts reset',
  summary: 'Let a learner take a practice exam again',
  positionals: ID,
  options: { as: AS_REQUIRED },
  async run ({ house, out }, { id, as }) {
    const { domain } = await house()
    const record = await resetPractice(domain, id, await actorFor(domain, 'attempts reset', as), letThrough)
    out.say(`Attempt ${id} is set aside; the learner has attempt ${record.attempt.id} now.`, attemptJson(record))
  },
})

const resume = defineCommand({
  name: 'attempts resume',
  summary: 'Let a learner go on after an error',
  positionals: ID,
  options: { as: AS },
  async run ({ house, out }, { id, as }) {
    const { domain } = await house()
    const record = await markReadyToResume(domain, { attemptId: id, actor: await actorFor(domain, 'attempts resume', as), authorise: letThrough })
    out.say(`Attempt ${id} can be resumed: when the learner enters the exam again, the saved time counts.`, attemptJson(record))
  },
})

export default [list, show, remove, reset, resume]

function timelineRow ({ at, about, what, who, changes, reason, effect }: TimelineEntry) {
  return { at, about, what: effect?.what ?? what, who: who && (who.name === who.kind ? who.kind : `${who.kind} ${who.name}`), how: effect ? effectWords(effect) : changeWords(changes), why: effect?.lastError ?? reason }
}

const effectWords = ({ state, tries }: NonNullable<TimelineEntry['effect']>): string => tries > 1 ? `${state} after ${tries} tries` : state

/** What went from one value to another; what merely stayed is no news. */
function changeWords (changes: TimelineEntry['changes']): string {
  const words = Object.entries(changes).filter(([, { before, after }]) => JSON.stringify(before) !== JSON.stringify(after))
  return words.map(([field, { before, after }]) => before === null ? `${field}: ${String(after)}` : `${field}: ${String(before)} -> ${String(after)}`).join(', ')
}
