import type { FastifyInstance } from 'fastify'

/** A configuration whose events are written into the outbox and, as tests do not deliver, stay there. */
export const HEARD = { webhooks: [{ url: 'http://127.0.0.1:9/hook', secret: 'whsec_dGVzdC1zZWNyZXQtMDEyMzQ1Njc4OS0wMTIz', events: ['*'] }] }

export interface HeardEvent { name: string, context: Record<string, unknown>, payload: Record<string, unknown> }

/** Analytics events that were written since the last look, oldest first. */
export async function takeEvents (app: FastifyInstance): Promise<HeardEvent[]> {
  const rows = await app.db.query<{ name: string, data: Omit<HeardEvent, 'name'> }>({
    name: 'test-take-events',
    text: "with taken as (delete from effect where kind = 'webhook' returning id, payload) select payload->>'type' as name, payload->'data' as data from taken order by id",
  }, [])
  return rows.filter(({ name }) => name.startsWith('edx.')).map(({ name, data }) => ({ name, ...data }))
}

export interface VendorOrder { provider: string, method: string, examId?: number, overrides?: object, attemptExternalId?: string }

/** What vendors are to be told and was written since the last look, oldest first. */
export async function takeVendorOrders (app: FastifyInstance): Promise<VendorOrder[]> {
  const rows = await app.db.query<{ payload: VendorOrder }>({
    name: 'test-take-vendor-orders', text: "with taken as (delete from effect where kind = 'provider' returning id, payload) select payload from taken order by id",
  }, [])
  return rows.map(({ payload }) => payload)
}

export interface HistoryLine { change: string, before: Record<string, unknown> | null, after: Record<string, unknown> | null, actor: string }

/** The story of all records of a kind, oldest first. */
export async function historyOf (app: FastifyInstance, entity: string): Promise<HistoryLine[]> {
  return app.db.query<HistoryLine>({ name: 'test-history', text: 'select change, before, after, actor_name as actor from history where entity = $1 order by id' }, [entity])
}
