/** What the benchmarks use of autocannon, which ships no types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  interface Request { method?: string, path: string, headers?: Record<string, string>, body?: string }
  interface Client { setRequests (requests: Request[]): void }
  interface Options {
    url: string
    connections: number
    amount: number
    sampleInt: number
    setupClient (client: Client): void
  }
  interface Result { '2xx': number, non2xx: number, errors: number, timeouts: number }
  interface Run extends EventEmitter, Promise<Result> {}

  export default function autocannon (options: Options): Run
}
