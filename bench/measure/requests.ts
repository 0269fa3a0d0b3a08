import { setTimeout as sleep } from 'node:timers/promises'
import type { BenchServer } from '../scene/servers.ts'
import type { Sample } from './rounds.ts'

export interface Asked { path: string, headers: Record<string, string> }

/** One request after the other, so that none waits for another: milliseconds of one, from sending it to the last byte of its answer. */
export async function timeRequests (server: BenchServer, { path, headers }: Asked, times: number): Promise<Sample> {
  const startedAt = performance.now()
  for (let time = 0; time < times; time++) await (await ask(server, path, headers)).arrayBuffer()
  return { ms: (performance.now() - startedAt) / times }
}

const WATCH_EVERY_MS = 50

/** An answer that is taken as it comes, to its end: lines per second, and the most memory the server held meanwhile. */
export async function readLines (server: BenchServer, { path, headers }: Asked): Promise<Sample> {
  const { answer: lines, peak, ms } = await watchMemory(server, async () => {
    const { body } = await ask(server, path, headers)
    let count = 0
    for await (const chunk of body ?? []) for (const byte of chunk) if (byte === LINE_FEED) count++
    return count
  })
  return { lines, perSecond: lines / ms * 1000, mebibytes: peak }
}

const LINE_FEED = 10

/** What one request costs in memory: the most the server held until it was answered. */
export async function weighRequest (server: BenchServer, { path, headers }: Asked): Promise<Sample> {
  const { peak } = await watchMemory(server, async () => (await ask(server, path, headers)).arrayBuffer())
  return { mebibytes: peak }
}

async function watchMemory<T> (server: BenchServer, work: () => Promise<T>): Promise<{ answer: T, peak: number, ms: number }> {
  const isOver = new AbortController()
  let peak = await server.memory()
  const watching = (async () => {
    while (!isOver.signal.aborted) {
      peak = Math.max(peak, await server.memory())
      await sleep(WATCH_EVERY_MS)
    }
  })()
  const startedAt = performance.now()
  const answer = await work()
  const ms = performance.now() - startedAt
  isOver.abort()
  await watching
  return { answer, peak: Math.max(peak, await server.memory()), ms }
}

async function ask ({ name, url }: BenchServer, path: string, headers: Record<string, string>): Promise<Response> {
  const answer = await fetch(`${url}${path}`, { headers })
  if (!answer.ok) throw new Error(`${name}: expected ${path} to be answered with 200, found ${answer.status}: ${(await answer.text()).slice(0, 200)}`)
  return answer
}
