import type { InferEntity } from '@mikro-orm/core'
import { sqlWithin } from '../../db/database.ts'
import type { SqlEntityManager } from '../../db/orm.ts'
import { isUniqueViolation } from '../../db/violations.ts'
import { INV_EXAM_EXISTS, INV_EXAM_NOT_FOUND } from '../../errors.ts'
import { ExamEntity } from '../../models/index.ts'
import type { Actor, Exam } from '../attempt/attempt.ts'
import type { DomainContext } from '../context.ts'
import type { Effect } from '../effect.ts'
import { appendHistory } from '../history.ts'
import { examEvent } from './exam-events.ts'
import { providerOf } from './exam-provider.ts'
import { assertMayUse } from './served-courses.ts'

/** Fields of a new exam; what is left out gets the default in `NEW_EXAM`. */
export type NewExam = Pick<Exam, 'courseId' | 'contentId' | 'examName' | 'timeLimitMins'> & Partial<Omit<Exam, 'id'>>
/** `undefined` leaves a field as it is; a null due date clears it. */
export type ExamChange = Partial<Omit<Exam, 'id' | 'courseId' | 'contentId'>>

const NEW_EXAM = { externalId: null, dueDate: null, isProctored: true, isPracticeExam: false, isActive: true, hideAfterDue: false } as const

export async function createExam (ctx: DomainContext, fields: NewExam, actor: Actor): Promise<Exam> {
  try {
    return await ctx.em().transactional(em => createExamWithin(ctx, em, fields, actor))
  } catch (error) {
    if (isUniqueViolation(error, 'exam_course_id_content_id_unique')) throw new INV_EXAM_EXISTS(fields.courseId, fields.contentId)
    throw error
  }
}

export async function createExamWithin (ctx: DomainContext, em: SqlEntityManager, fields: NewExam, actor: Actor): Promise<Exam> {
  const now = ctx.clock.now()
  const given = { ...NEW_EXAM, ...defined(fields) }
  assertMayUse(ctx.providers, null, { backend: null, ...given })
  const entity = em.create(ExamEntity, { backend: ctx.providers.defaultName, ...given, createdAt: now, modifiedAt: now })
  await em.flush()
  const exam = toExam(entity)
  await recordSave(ctx, em, { before: null, after: exam, actor, now })
  return exam
}

export async function updateExam (ctx: DomainContext, examId: number, change: ExamChange, actor: Actor): Promise<Exam> {
  return ctx.em().transactional(em => updateExamWithin(ctx, em, examId, change, actor))
}

export async function updateExamWithin (ctx: DomainContext, em: SqlEntityManager, examId: number, change: ExamChange, actor: Actor): Promise<Exam> {
  const entity = await em.findOne(ExamEntity, examId)
  if (!entity) throw new INV_EXAM_NOT_FOUND(examId)
  const before = toExam(entity)
  assertMayUse(ctx.providers, before, { ...before, ...defined(change) })
  const now = ctx.clock.now()
  em.assign(entity, { ...defined(change), modifiedAt: now })
  await em.flush()
  const after = toExam(entity)
  await recordSave(ctx, em, { before, after, actor, now })
  return after
}

interface Save { before: Exam | null, after: Exam, actor: Actor, now: Date }

async function recordSave (ctx: DomainContext, em: SqlEntityManager, { before, after, actor, now }: Save): Promise<void> {
  const tx = sqlWithin(em)
  await appendHistory(tx, { entity: 'exam', entityId: after.id, change: before ? '~' : '+', before, after, actor, at: now })
  await ctx.enqueue(tx, [...vendorNotice(ctx, before, after), examEvent(after, before ? 'updated' : 'created')], actor.requestId ?? null)
}

/** The vendor is told of every save of a proctored exam, and once when it stops being one (contract 01 §7). */
function vendorNotice (ctx: DomainContext, before: Exam | null, after: Exam): Effect[] {
  const stopped = before?.isProctored && !after.isProctored
  const provider = stopped ? nameOf(ctx, before) : providerOf(ctx.providers, after)?.name
  if (!provider) return []
  const overrides = stopped ? { isActive: false, isProctored: false } : {}
  return [{ kind: 'provider', subject: `exam:${after.id}`, provider, method: 'examSaved', examId: after.id, overrides }]
}

/** A provider that is gone must not keep its exams from being switched off. */
function nameOf (ctx: DomainContext, exam: Exam): string | null {
  const name = exam.backend ?? ctx.providers.defaultName
  return name !== null && ctx.providers.find(name) ? name : null
}

/** Stores the id the vendor gave an exam. False when it has that id already. */
export async function storeExamExternalId (ctx: DomainContext, examId: number, externalId: string, actor: Actor): Promise<boolean> {
  return ctx.em().transactional(async em => {
    const entity = await em.findOne(ExamEntity, examId)
    if (!entity || entity.externalId === externalId) return false
    const before = toExam(entity)
    const now = ctx.clock.now()
    em.assign(entity, { externalId, modifiedAt: now })
    await em.flush()
    await appendHistory(sqlWithin(em), { entity: 'exam', entityId: examId, change: '~', before, after: toExam(entity), actor, at: now })
    return true
  })
}

function toExam (row: InferEntity<typeof ExamEntity>): Exam {
  const { id, courseId, contentId, examName, timeLimitMins, isProctored, isPracticeExam, isActive, hideAfterDue } = row
  const [externalId, dueDate, backend] = [row.externalId ?? null, row.dueDate ?? null, row.backend ?? null]
  return { id, courseId, contentId, externalId, examName, timeLimitMins, dueDate, isProctored, isPracticeExam, isActive, hideAfterDue, backend }
}

function defined<T extends object> (fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T // only drops what T allows to be absent
}
