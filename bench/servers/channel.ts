import type { FastifyInstance } from 'fastify'
import type { Sample } from '../measure/rounds.ts'

export interface ServerSettings { databaseUrl: string, dataDir: string, secret: string, lmsUrl?: string, learners?: number }
export type Question = { kind: 'cpu' } | { kind: 'memory' } | { kind: 'job', name: string, amount: number }

/** Work that comes by no HTTP, so many times. */
export type Job = (amount: number) => Promise<void>

/** Listens, says on which port, answers questions, and ends when who asked is gone. */
export async function serveBench (app: FastifyInstance, jobs: Readonly<Record<string, Job>>): Promise<void> {
  const address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  say({ port: Number(address.port) })
  process.on('message', (question: Question) => { answer(question, jobs).then(say) })
  process.once('disconnect', () => { app.close() })
}

async function answer (question: Question, jobs: Readonly<Record<string, Job>>): Promise<Sample> {
  if (question.kind === 'cpu') return { cpuMicros: cpuMicros() }
  if (question.kind === 'memory') return { mebibytes: process.memoryUsage.rss() / 2 ** 20 }
  const { name, amount } = question
  const [startedAt, startedCpu] = [performance.now(), cpuMicros()]
  await jobs[name]?.(amount)
  return { perSecond: amount / (performance.now() - startedAt) * 1000, cpuMicros: (cpuMicros() - startedCpu) / amount }
}

function cpuMicros (): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

function say (answer: Sample): void {
  process.send?.(answer)
}

/** What the parent gave on the command line, in JSON. */
export function readSettings (): ServerSettings {
  return JSON.parse(process.argv[2] ?? '{}')
}
