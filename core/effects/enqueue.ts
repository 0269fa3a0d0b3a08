import type { Sql, Statement } from '../db/sql.ts'
import type { Effect } from '../domain/effect.ts'
import { planEffects, type Job } from './plan.ts'
import type { Webhook } from './webhook-filter.ts'

export interface EnqueueOptions { now: Date, webhooks: readonly Webhook[], requestId: string | null }

/** `$n` holds jobs as JSON; ordered by key, so that two transactions take the same locks in the same order. */
export const addJobs = (parameter: string): string => `graphile_worker.add_jobs(array(
  select row(identifier, payload, null, clock_timestamp() + make_interval(secs => delay_ms / 1000), null, job_key, priority, flags)::graphile_worker.job_spec
  from jsonb_to_recordset(${parameter}::jsonb) as job (identifier text, payload json, job_key text, delay_ms float8, priority int, flags text[])
  order by job_key
))`

const ENQUEUE: Statement = {
  name: 'effects-enqueue',
  text: `
with added as (
  insert into effect (subject, stream, kind, payload, idempotency_key, created_at, due_at, request_id)
  select subject, stream, kind, payload, idempotency_key, $2::timestamptz, $2::timestamptz, $3
  from rows from (jsonb_to_recordset($1::jsonb) as (subject text, stream text, kind text, payload jsonb, idempotency_key text))
    with ordinality as new (subject, stream, kind, payload, idempotency_key, place)
  order by place
)
select count(*)::int as jobs from ${addJobs('$4')}`,
}

/**
 * Writes effects into the outbox and wakes the deliveries, in one statement of the caller's transaction. The caller has written the row of the
 * subject (the attempt, the exam) before: its lock is what makes the order of ids the order of commits.
 */
export async function enqueueEffects (tx: Sql, effects: readonly Effect[], { now, webhooks, requestId }: EnqueueOptions): Promise<void> {
  const { rows, jobs } = planEffects(effects, now, webhooks)
  if (jobs.length === 0) return
  await tx.query(ENQUEUE, [JSON.stringify(rows), now.toISOString(), requestId, JSON.stringify(jobs)])
}

const ADD_JOBS: Statement = { name: 'effects-add-jobs', text: `select count(*)::int as jobs from ${addJobs('$1')}` }

export async function enqueueJobs (sql: Sql, jobs: readonly Job[]): Promise<void> {
  if (jobs.length > 0) await sql.query(ADD_JOBS, [JSON.stringify(jobs)])
}
