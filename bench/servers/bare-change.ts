import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { ATTEMPT_COLUMNS } from '../../core/domain/attempt/records.ts'
import { BY_ID, MUTABLE, UPDATE } from '../../core/domain/attempt/store.ts'
import { ATTEMPTS } from '../scene/fill.ts'

const STATUS_AFTER: Readonly<Record<string, string>> = { stop: 'ready_to_submit', start: 'started' }
const LOOPS = 32

/** The status change: Invigil's own statements, one after the other, and nothing around them. */
export function addChange (app: FastifyInstance, pool: Pool): void {
  app.put<{ Params: { id: number }, Body: { action: string } }>('/api/edx_proctoring/v1/proctored_exam/attempt/:id', {
    schema: {
      params: { type: 'object', properties: { id: { type: 'integer' } } },
      body: { type: 'object', properties: { action: { type: 'string' } } },
      response: { 200: { type: 'object', properties: { exam_attempt_id: { type: 'integer' } } } },
    },
  }, async request => {
    await changeStatus(pool, request.params.id, STATUS_AFTER[request.body.action] ?? 'started')
    return { exam_attempt_id: request.params.id }
  })
}

/** The same without HTTP, as many at once as there are connections under load. */
export async function changeMany (pool: Pool, amount: number): Promise<void> {
  const share = ATTEMPTS / LOOPS
  await Promise.all(Array.from({ length: LOOPS }, async (_, loop) => {
    for (let turn = 0; turn < amount / LOOPS; turn++) {
      const id = Math.floor(loop * share) + Math.floor(turn / 2) % share + 1
      await changeStatus(pool, id, turn % 2 === 0 ? 'ready_to_submit' : 'started')
    }
  }))
}

async function changeStatus (pool: Pool, id: number, status: string): Promise<void> {
  const { rows: [row] } = await pool.query<Record<string, unknown>>({ ...BY_ID, values: [id] })
  if (!row) throw new Error(`no attempt ${id}`)
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rowCount } = await client.query({ ...UPDATE, values: writeValues(row, status) })
    if (rowCount !== 1) throw new Error(`attempt ${id} was changed by somebody else`)
    await client.query('commit')
  } finally {
    client.release()
  }
}

function writeValues (row: Readonly<Record<string, unknown>>, status: string): unknown[] {
  const fields = MUTABLE.map(field => field === 'status' ? status : row[`a_${ATTEMPT_COLUMNS[field][0]}`])
  const story = ['~', JSON.stringify({ status: row.a_status }), JSON.stringify({ status }), 'learner', row.u_id, row.u_username, null, null]
  return [row.a_id, row.a_version, ...fields, new Date().toISOString(), ...story]
}
