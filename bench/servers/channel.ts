import type { FastifyInstance } from 'fastify'

export interface ServerSettings { databaseUrl: string, dataDir: string, secret: string }
export type Question = { kind: 'cpu' } | { kind: 'work', amount: number }
export interface Answer { value: number }

/** Listens, says on which port, answers questions, and ends when who asked is gone. */
export async function serveBench (app: FastifyInstance, work: (amount: number) => Promise<void> = async () => {}): Promise<void> {
  const address = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  say({ value: Number(address.port) })
  process.on('message', (question: Question) => { answer(question, work).then(value => say({ value })) })
  process.once('disconnect', () => { app.close() })
}

async function answer (question: Question, work: (amount: number) => Promise<void>): Promise<number> {
  if (question.kind === 'cpu') {
    const { user, system } = process.cpuUsage()
    return user + system
  }
  const started = performance.now()
  await work(question.amount)
  return performance.now() - started
}

function say (answer: Answer): void {
  process.send?.(answer)
}

/** What the parent gave on the command line, in JSON. */
export function readSettings (): ServerSettings {
  return JSON.parse(process.argv[2] ?? '{}')
}
