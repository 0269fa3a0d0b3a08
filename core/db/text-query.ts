import type { ClientBase, Connection, Pool, Submittable } from 'pg'
import type { PlainValue, Statement, TextRow } from './sql.ts'

type Done = (error: Error | null, rows: TextRow[]) => void

/** Which statements a connection has parsed. A connection that is gone takes its entry with it. */
const parsedBy = new WeakMap<Connection, Set<string>>()

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
  #noteParsed: (() => void) | undefined

  constructor ({ name, text }: Statement, values: readonly PlainValue[], done: Done) {
    // pg keeps a list of names of its own
    this.#name = `texts:${name}`
    this.#text = text
    this.#values = values
    this.#done = done
  }

  submit (connection: Connection): void {
    connection.stream.cork()
    if (!parsedBy.get(connection)?.has(this.#name)) this.#parse(connection)
    connection.bind({ statement: this.#name, values: this.#values.map(asText) }, true)
    connection.execute({}, true)
    connection.sync()
    connection.stream.uncork()
  }

  /** Parsed stays parsed, even when the statement then fails and its transaction is rolled back. */
  #parse (connection: Connection): void {
    this.#noteParsed = () => {
      const names = parsedBy.get(connection) ?? new Set()
      parsedBy.set(connection, names.add(this.#name))
    }
    connection.once('parseComplete', this.#noteParsed)
    connection.parse({ name: this.#name, text: this.#text, types: [] }, true)
  }

  handleDataRow ({ fields }: { fields: TextRow }): void {
    this.#rows.push(fields)
  }

  handleReadyForQuery (): void {
    this.#done(null, this.#rows)
  }

  handleError (error: Error, connection: Connection): void {
    if (this.#noteParsed) connection.removeListener('parseComplete', this.#noteParsed)
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
