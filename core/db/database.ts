import type { MikroORM } from '@mikro-orm/postgresql'
import type { Pool, PoolClient } from 'pg'
import type { SqlEntityManager } from './orm.ts'
import type { Database, Sql, Statement } from './sql.ts'

/** SQL on the mapper's own pool, so that both share connections. */
export function createDatabase (pool: Pool): Database {
  return {
    query: (statement, values) => run(pool, statement, values),
    async transaction (work) {
      const client = await pool.connect()
      let failure: Error | undefined
      try {
        await client.query('begin')
        const result = await work({ query: (statement, values) => run(client, statement, values) })
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
  return {
    async query<Row extends object> (statement: Statement, values: readonly unknown[]): Promise<Row[]> {
      const { text, parameters } = withQuestionMarks(statement.text, values)
      return em.getConnection().execute<Row[]>(text, parameters, 'all', em.getTransactionContext())
    },
  }
}

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
