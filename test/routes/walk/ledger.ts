import type { FastifyInstance } from 'fastify'

/** Tells whether anything was written since it was last asked. */
export interface Ledger { hasChanged (): Promise<boolean> }

/** A mark of all that is stored, one row at a time; people are left out, who become known by their token whatever they ask for. */
const TABLES = { name: 'test-tables', text: "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('users') order by 1" }

export async function openLedger ({ db }: Pick<FastifyInstance, 'db'>): Promise<Ledger> {
  const tables = await db.query<{ name: string }>(TABLES, [])
  const marks = [...tables.map(({ name }) => `public."${name}"`), 'graphile_worker._private_jobs'].map(table => `(select count(*) || ':' || coalesce(sum(hashtext(row::text)::bigint), 0) from ${table} as row)`)
  const all = { name: 'test-marks', text: `select concat_ws(' ', ${marks.join(', ')}) as mark` }
  const read = async () => (await db.query<{ mark: string }>(all, []))[0]?.mark ?? ''
  let last = await read()
  return {
    async hasChanged () {
      const mark = await read()
      const changed = mark !== last
      last = mark
      return changed
    },
  }
}
