import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Sample } from '../measure/rounds.ts'
import type { Question, ServerSettings } from '../servers/channel.ts'

export type ServerName = 'invigil' | 'bare' | 'platform'

/** A server in a process of its own. */
export interface BenchServer {
  readonly name: ServerName
  readonly url: string
  readonly pid: number
  /** Processor time of its process so far, in microseconds. */
  cpuMicros (): Promise<number>
  /** What its process holds in memory now, in MiB. */
  memory (): Promise<number>
  /** Has it do work that comes by no HTTP: `perSecond` and `cpuMicros` of each. */
  run (job: string, amount: number): Promise<Sample>
  stop (): Promise<void>
}

/** @param profileDir where V8's CPU profiles go, if any are wanted */
export async function startServer (name: ServerName, settings: ServerSettings, profileDir: string | null): Promise<BenchServer> {
  const child = fork(fileURLToPath(new URL(`../servers/${name}.ts`, import.meta.url)), [JSON.stringify(settings)], {
    // lines of the log are made and written, and end where nobody reads them
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
    execArgv: profileDir === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`, `--cpu-prof-name=${name}.cpuprofile`],
  })
  const nextAnswer = listenTo(child, name)
  const ask = async (question: Question) => {
    child.send(question)
    return nextAnswer()
  }
  const { port } = await nextAnswer()
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    cpuMicros: async () => (await ask({ kind: 'cpu' })).cpuMicros ?? 0,
    memory: async () => (await ask({ kind: 'memory' })).mebibytes ?? 0,
    run: (job, amount) => ask({ kind: 'job', name: job, amount }),
    async stop () {
      if (child.exitCode !== null) return
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

/** One answer after the other; a child that ends fails whoever waits. */
function listenTo (child: ChildProcess, name: ServerName): () => Promise<Sample> {
  const waiting: PromiseWithResolvers<Sample>[] = []
  child.on('message', (answer: Sample) => waiting.shift()?.resolve(answer))
  child.once('exit', code => { for (const { reject } of waiting.splice(0)) reject(new Error(`the server ${name} ended with ${code}`)) })
  return () => {
    const next = Promise.withResolvers<Sample>()
    waiting.push(next)
    return next.promise
  }
}
