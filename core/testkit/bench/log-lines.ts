import Fastify, { type FastifyBaseLogger } from 'fastify'

/** Everything that was logged, as it would have been written. */
export interface LogLines {
  readonly log: FastifyBaseLogger
  readonly stream: { write (line: string): void }
  readonly lines: readonly string[]
}

/** The host's own logger, writing into memory. */
export function createLogLines (): LogLines {
  const lines: string[] = []
  const stream = { write: (line: string) => { lines.push(line) } }
  return { lines, stream, log: Fastify({ logger: { level: 'debug', stream } }).log }
}
