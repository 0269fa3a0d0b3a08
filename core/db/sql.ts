/** A statement with a name runs prepared: parsed and planned once per connection. With the name '' it is planned each time, for the values of that time. */
export interface Statement { name: string, text: string }

/** One row as PostgreSQL wrote it: by position, `t` and `f` for flags, timestamps as in `core/db/timestamps.ts`, null for null. */
export type TextRow = readonly (string | null)[]
export type PlainValue = string | number | boolean | null

/** Where SQL runs: on the pool (each statement its own transaction) or inside one transaction. */
export interface Sql {
  /** Timestamps come as PostgreSQL text in UTC; see `core/db/timestamps.ts`. */
  query <Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
  /** For hot paths: at half the cost of `query`, since nobody describes, names or converts the columns. */
  texts (statement: Statement, values: readonly PlainValue[]): Promise<TextRow[]>
}

export interface Database extends Sql {
  /** Commits when `work` resolves, rolls back when it rejects. Never answer a request from inside. */
  transaction <T>(work: (tx: Sql) => Promise<T>): Promise<T>
}
