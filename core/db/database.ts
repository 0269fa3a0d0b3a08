import type { MikroORM } from '@mikro-orm/postgresql'
import type { Pool, PoolClient } from 'pg'
import type { SqlEntityManager } from './orm.ts'
import type { Database, Sql, Statement, TextRow } from './sql.ts'
import { queryTexts, queryTextsOnPool } from './text-query.ts'

/** SQL on the mapper's own pool, so that both share connections. */
export function createDatabase (pool: Pool): Database {
  return {
    query: (statement, values) => run(pool, statement, values),
    texts: (statement, values) => queryTextsOnPool(pool, statement, values),
    async transaction (work) {
      const client = await pool.connect()
      let failure: Error | undefined
      try {
        await client.query('begin')
        const result = await work(sqlOn(client))
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback').catch((reason: Error) => { failure = reason })
        throw error
      } finally {
        client.release(failure)
      }
    },
  }
}

/** SQL inside the transaction an entity manager is in. */
export function sqlWithin (em: SqlEntityManager): Sql {
  async function query<Row extends object> (statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    const { text, parameters } = withQuestionMarks(statement.text, values)
    return em.getConnection().execute<Row[]>(text, parameters, 'all', em.getTransactionContext())
  }
  return { query, texts: async (statement, values) => (await query(statement, values)).map(toTexts) }
}

const sqlOn = (client: PoolClient): Sql => ({
  query: (statement, values) => run(client, statement, values),
  texts: (statement, values) => queryTexts(client, statement, values),
})

export async function poolOf (orm: MikroORM): Promise<Pool> {
  return orm.em.getConnection().getNativeClient()
}

async function run<Row extends object> (client: Pool | PoolClient, { name, text }: Statement, values: readonly unknown[]): Promise<Row[]> {
  const { rows } = await client.query<Row>({ name, text, values: [...values] })
  return rows
}

/** The mapper numbers placeholders itself and escapes a literal question mark by doubling the backslash. */
function withQuestionMarks (text: string, values: readonly unknown[]) {
  const parameters: unknown[] = []
  const rewritten = text.replaceAll('?', '\\?').replaceAll(/\$(\d+)/g, (_match, number: string) => {
    parameters.push(values[Number(number) - 1])
    return '?'
  })
  return { text: rewritten, parameters }
}

/** The mapper's connection is not to be had inside its transactions, so its rows are turned back. */
function toTexts (row: object): TextRow {
  return Object.values(row).map((value: unknown) => {
    if (value === null || typeof value === 'string') return value
    if (typeof value === 'boolean') return value ? 't' : 'f'
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  })
}
