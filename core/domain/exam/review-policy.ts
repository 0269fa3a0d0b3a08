import { sqlWithin } from '../../db/database.ts'
import type { SqlEntityManager } from '../../db/orm.ts'
import { INV_EXAM_NOT_FOUND, INV_REVIEW_POLICY_EXISTS, INV_REVIEW_POLICY_NOT_FOUND } from '../../errors.ts'
import { ExamEntity, ReviewPolicyEntity } from '../../models/index.ts'
import type { Actor, Exam } from '../attempt/attempt.ts'
import type { DomainContext } from '../context.ts'
import type { Effect } from '../effect.ts'
import { appendHistory, type HistoryEntry } from '../history.ts'
import { providerOf } from './exam-provider.ts'
import { lockExam } from './read.ts'
import { reviewPolicyOf } from './review-policy-of.ts'

export interface ReviewPolicy { examId: number, reviewPolicy: string, setByUserId: number | null }

export async function getReviewPolicy (ctx: DomainContext, examId: number): Promise<{ id: number, text: string }> {
  const policy = await reviewPolicyOf(ctx.db, examId)
  if (!policy) throw new INV_REVIEW_POLICY_NOT_FOUND(examId)
  return policy
}

/** An exam has one policy at most; whoever acts is written down as its author. Answers the policy's id. */
export async function createReviewPolicy (ctx: DomainContext, examId: number, text: string, actor: Actor): Promise<number> {
  return withExam(ctx, examId, async (em, exam) => {
    if (await findPolicy(em, examId)) throw new INV_REVIEW_POLICY_EXISTS(examId)
    const now = ctx.clock.now()
    const entity = em.create(ReviewPolicyEntity, { exam: em.getReference(ExamEntity, examId), reviewPolicy: text, setByUserId: actor.userId, createdAt: now, modifiedAt: now })
    await em.flush()
    await record(em, { entityId: entity.id, change: '+', before: null, after: readPolicy(examId, entity), actor, at: now })
    await tellVendor(ctx, em, exam, actor)
    return entity.id
  })
}

/** No text, no policy: it is removed. */
export async function updateReviewPolicy (ctx: DomainContext, examId: number, text: string, actor: Actor): Promise<void> {
  if (text === '') return removeReviewPolicy(ctx, examId, actor)
  await withExam(ctx, examId, async (em, exam) => {
    const entity = await requirePolicy(em, examId)
    const before = readPolicy(examId, entity)
    const now = ctx.clock.now()
    em.assign(entity, { reviewPolicy: text, setByUserId: actor.userId, modifiedAt: now })
    await em.flush()
    await record(em, { entityId: entity.id, change: '~', before, after: readPolicy(examId, entity), actor, at: now })
    await tellVendor(ctx, em, exam, actor)
  })
}

/** Vendors are told of what is saved, not of what is removed (contract 01 §1.4). */
export async function removeReviewPolicy (ctx: DomainContext, examId: number, actor: Actor): Promise<void> {
  await withExam(ctx, examId, async em => {
    const entity = await requirePolicy(em, examId)
    await record(em, { entityId: entity.id, change: '-', before: readPolicy(examId, entity), after: null, actor, at: ctx.clock.now() })
    await em.remove(entity).flush()
  })
}

async function withExam<T> (ctx: DomainContext, examId: number, work: (em: SqlEntityManager, exam: Exam) => Promise<T>): Promise<T> {
  return ctx.em().transactional(async em => {
    const exam = await lockExam(sqlWithin(em), examId)
    if (!exam) throw new INV_EXAM_NOT_FOUND(examId)
    return work(em, exam)
  })
}

const findPolicy = (em: SqlEntityManager, examId: number) => em.findOne(ReviewPolicyEntity, { exam: examId })

async function requirePolicy (em: SqlEntityManager, examId: number) {
  const entity = await findPolicy(em, examId)
  if (!entity) throw new INV_REVIEW_POLICY_NOT_FOUND(examId)
  return entity
}

function readPolicy (examId: number, { reviewPolicy, setByUserId }: { reviewPolicy: string, setByUserId?: number | null | undefined }): ReviewPolicy {
  return { examId, reviewPolicy, setByUserId: setByUserId ?? null }
}

const record = (em: SqlEntityManager, entry: Omit<HistoryEntry, 'entity'>) => appendHistory(sqlWithin(em), { entity: 'review_policy', ...entry })

/** The text reaches the vendor with the exam, so the exam is told again. */
async function tellVendor (ctx: DomainContext, em: SqlEntityManager, exam: Exam, actor: Actor): Promise<void> {
  const provider = providerOf(ctx.providers, exam)
  if (!provider) return
  const effect: Effect = { kind: 'provider', subject: `exam:${exam.id}`, provider: provider.name, method: 'examSaved', examId: exam.id, overrides: {} }
  await ctx.enqueue(sqlWithin(em), [effect], actor.requestId ?? null)
}
