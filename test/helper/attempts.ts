import type { FastifyInstance } from 'fastify'
import { API, asPerson, SUE, type Person } from './app.ts'

export interface TakenAttempt { id: number, code: string, externalId: string }

/** A learner enters an exam under a provider and goes as far as asked. */
export async function takeExam (app: FastifyInstance, person: Person, examId: number, upTo: 'created' | 'started' | 'submitted' = 'submitted', proctored = true): Promise<TakenAttempt> {
  const ask = asPerson(app, person)
  const entered = await ask<{ exam_attempt_id: number }>('POST', `${API}/attempt`, { exam_id: examId, attempt_proctored: proctored, start_clock: upTo !== 'created' })
  if (entered.status !== 200) throw new Error(`not entered: ${entered.text}`)
  const id = entered.body.exam_attempt_id
  if (upTo === 'submitted') await ask('PUT', `${API}/attempt/${id}`, { action: 'submit' })
  const { body } = await ask<{ attempt_code: string, external_id: string }>('GET', `${API}/attempt/${id}`)
  return { id, code: body.attempt_code, externalId: body.external_id }
}

export interface VendorComment { comment: string, status: string, start?: number, stop?: number, duration?: number }

/** The vendor's verdict arrives. */
export async function sendReview (app: FastifyInstance, { externalId }: TakenAttempt, status: string, comments: VendorComment[] = [], reviewedBy?: string): Promise<void> {
  const answer = await asPerson(app, SUE)('POST', `${API}/attempt/${externalId}/reviewed`, { status, comments, ...(reviewedBy && { reviewed_by: reviewedBy }) })
  if (answer.status !== 200) throw new Error(`review refused: ${answer.text}`)
}

export async function statusOf (app: FastifyInstance, attemptId: number): Promise<string | undefined> {
  const [row] = await app.db.query<{ status: string }>({ name: 'test-status', text: 'select status from attempt where id = $1' }, [attemptId])
  return row?.status
}
