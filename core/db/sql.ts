/** A statement with a name runs prepared: parsed and planned once per connection. */
export interface Statement { name: string, text: string }

/** Where SQL runs: on the pool (each statement its own transaction) or inside one transaction. */
export interface Sql {
  /** Timestamps come as PostgreSQL text in UTC; see `core/db/timestamps.ts`. */
  query <Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
}

export interface Database extends Sql {
  /** Commits when `work` resolves, rolls back when it rejects. Never answer a request from inside. */
  transaction <T>(work: (tx: Sql) => Promise<T>): Promise<T>
}
