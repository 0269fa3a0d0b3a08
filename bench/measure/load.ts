import autocannon, { type Request } from 'autocannon'
import type { BenchServer } from '../scene/servers.ts'
import type { Sample } from './rounds.ts'

export interface LoadOptions {
  /** One list per connection, walked from its beginning. */
  requests: readonly Request[][]
  perConnection: number
}

/**
 * One round: a fixed number of requests, so that none is under way at its end. Besides the rate it tells the processor time of the server's
 * process per request, which others on the machine and the load generator itself can hardly change.
 */
export async function sendLoad (server: BenchServer, { requests, perConnection }: LoadOptions): Promise<Sample> {
  const amount = requests.length * perConnection
  const waiting = [...requests]
  const before = await server.cpuMicros()
  const run = autocannon({
    url: server.url,
    connections: requests.length,
    amount,
    sampleInt: 20,
    setupClient: client => client.setRequests((waiting.shift() ?? []).map(request => ({ ...request }))),
  })
  const times = watchAnswers(run)
  const result = await run
  const cpu = await server.cpuMicros() - before
  if (result['2xx'] !== amount) throw new Error(`${server.name}: expected ${amount} good answers, found ${result['2xx']} (${result.non2xx} others, ${result.errors} errors)`)
  return { perSecond: (amount - 1) / (times.last - times.first) * 1000, cpuMicros: cpu / amount }
}

function watchAnswers (run: ReturnType<typeof autocannon>): { first: number, last: number } {
  const times = { first: 0, last: 0 }
  run.on('response', () => {
    times.last = performance.now()
    if (times.first === 0) times.first = times.last
  })
  return times
}
