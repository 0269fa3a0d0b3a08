import type { ClientBase, Connection, Pool, Submittable } from 'pg'
import type { PlainValue, Statement, TextRow } from './sql.ts'

type Done = (error: Error | null, rows: TextRow[]) => void

/** Which statements a connection has parsed. A connection that is gone takes its entry with it. */
const parsed = new WeakMap<Connection, Set<string>>()

/**
 * A prepared statement without a description of its columns, through the door that pg leaves open for such (as pg-cursor uses it). pg's own
 * query asks for the description every time and builds a row type of it: more work than all else for a row of forty columns.
 */
class TextQuery implements Submittable {
  readonly #name: string
  readonly #text: string
  readonly #values: readonly PlainValue[]
  readonly #done: Done
  readonly #rows: TextRow[] = []

  constructor ({ name, text }: Statement, values: readonly PlainValue[], done: Done) {
    // pg keeps a list of names of its own
    this.#name = `texts:${name}`
    this.#text = text
    this.#values = values
    this.#done = done
  }

  submit (connection: Connection): void {
    connection.stream.cork()
    if (!parsed.get(connection)?.has(this.#name)) connection.parse({ name: this.#name, text: this.#text, types: [] }, true)
    connection.bind({ statement: this.#name, values: this.#values.map(asText) }, true)
    connection.execute({}, true)
    connection.sync()
    connection.stream.uncork()
  }

  handleDataRow ({ fields }: { fields: TextRow }): void {
    this.#rows.push(fields)
  }

  handleReadyForQuery (connection: Connection): void {
    const names = parsed.get(connection)
    if (names) names.add(this.#name)
    else parsed.set(connection, new Set([this.#name]))
    this.#done(null, this.#rows)
  }

  handleError (error: Error): void {
    this.#done(error, [])
  }

  /** Rows have come, or there were none: the end is told by handleReadyForQuery. */
  handleCommandComplete (): void {}
}

const asText = (value: PlainValue): string | null => value === null ? null : String(value)

/** In the order of the client's other work, e.g. inside its transaction. */
export function queryTexts (client: ClientBase, statement: Statement, values: readonly PlainValue[]): Promise<TextRow[]> {
  return new Promise((resolve, reject) => {
    client.query(new TextQuery(statement, values, (error, rows) => error ? reject(error) : resolve(rows)))
  })
}

/** On any connection of the pool; one that failed is not used again. */
export function queryTextsOnPool (pool: Pool, statement: Statement, values: readonly PlainValue[]): Promise<TextRow[]> {
  return new Promise((resolve, reject) => {
    pool.connect((refused, client, release) => {
      if (!client) return reject(refused)
      client.query(new TextQuery(statement, values, (error, rows) => {
        release(error ?? undefined)
        if (error) reject(error)
        else resolve(rows)
      }))
    })
  })
}
