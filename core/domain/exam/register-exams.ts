import { sqlWithin } from '../../db/database.ts'
import type { SqlEntityManager } from '../../db/orm.ts'
import { isUniqueViolation } from '../../db/violations.ts'
import { INV_EXAM_EXISTS } from '../../errors.ts'
import type { Actor, Exam } from '../attempt/attempt.ts'
import type { DomainContext } from '../context.ts'
import { createExamWithin, updateExamWithin, type ExamChange, type NewExam } from './save.ts'
import { whyNotServed } from './served-courses.ts'

/** One exam as a publisher sends it; its course is the one that is published. */
export type PublishedExam = Omit<NewExam, 'courseId'>

/** Exams of the list may not be given to their providers: a sentence where such an exam stands in the list, null elsewhere. Nothing was written. */
export class ProvidersRefused extends Error {
  override readonly name = 'ProvidersRefused'
  readonly reasons: readonly (string | null)[]

  constructor (reasons: readonly (string | null)[]) {
    super(reasons.filter(reason => reason !== null).join(' '))
    this.reasons = reasons
  }
}

/** Two publications of one course, one after the other: the second must see what the first made. */
const ONE_AT_A_TIME = { name: 'exams-publish-lock', text: "select pg_advisory_xact_lock(hashtextextended('invigil.exams:' || $1, 0))" }
/** Nobody changes the exams meanwhile; learners enter them all the same. */
const HOLD = { name: 'exams-of-course-lock', text: 'select id, content_id as "contentId", is_active as "isActive", backend from exam where course_id = $1 order by id for no key update' }

/**
 * Makes the exams of a course those of the list, in its order; what is not listed is switched off (contract 02 §3.7). All or nothing, but for a list that
 * has a new section twice: publishers know that what stands before the second one is kept.
 */
export async function registerExams (ctx: DomainContext, courseId: string, published: readonly PublishedExam[], actor: Actor): Promise<Exam[]> {
  const { saved, repeated } = await ctx.em().transactional(em => registerWithin(ctx, em, courseId, published, actor)).catch((error: unknown) => {
    if (isUniqueViolation(error, 'exam_course_id_content_id_unique')) throw new INV_EXAM_EXISTS(courseId, 'one of the sections of the list')
    throw error
  })
  if (repeated !== null) throw new INV_EXAM_EXISTS(courseId, repeated)
  return saved
}

interface Registered { saved: Exam[], /** The new section that came a second time. */ repeated: string | null }

async function registerWithin (ctx: DomainContext, em: SqlEntityManager, courseId: string, published: readonly PublishedExam[], actor: Actor): Promise<Registered> {
  const tx = sqlWithin(em)
  await tx.query(ONE_AT_A_TIME, [courseId])
  const known = await tx.query<KnownExam>(HOLD, [courseId])
  assertServed(ctx, courseId, published, known)
  const idOf = new Map(known.map(({ contentId, id }) => [contentId, id]))
  const saved: Exam[] = []
  for (const exam of published) {
    const id = idOf.get(exam.contentId)
    if (id === undefined && saved.some(({ contentId }) => contentId === exam.contentId)) return { saved, repeated: exam.contentId }
    saved.push(id === undefined ? await createExamWithin(ctx, em, { ...exam, courseId }, actor) : await updateExamWithin(ctx, em, id, asChange(exam), actor))
    // each flush compares all that the mapper knows: without this a course costs the square of its exams
    em.clear()
  }
  const listed = new Set(published.map(({ contentId }) => contentId))
  for (const { id } of known.filter(exam => exam.isActive && !listed.has(exam.contentId))) await updateExamWithin(ctx, em, id, SWITCHED_OFF, actor)
  return { saved, repeated: null }
}

interface KnownExam { id: number, contentId: string, isActive: boolean, backend: string | null }

/** A publisher says anew of every exam who proctors it, so what an operator has withdrawn meanwhile is refused here too. */
function assertServed ({ providers }: DomainContext, courseId: string, published: readonly PublishedExam[], known: readonly KnownExam[]): void {
  const stored = new Map(known.map(({ contentId, backend }) => [contentId, backend]))
  const reasons = published.map(({ contentId, isProctored = true, backend }) => whyNotServed(providers, { courseId, isProctored, backend: backend ?? stored.get(contentId) ?? null }))
  if (reasons.some(reason => reason !== null)) throw new ProvidersRefused(reasons)
}

const SWITCHED_OFF: ExamChange = { isProctored: false, isActive: false }

/** A publisher sends the whole exam: a due date that is not there is none any more (Q28); an id or a provider that is not there stays. */
function asChange ({ contentId: _contentId, dueDate = null, ...fields }: PublishedExam): ExamChange {
  return { ...fields, dueDate }
}
