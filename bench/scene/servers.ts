import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Answer, Question, ServerSettings } from '../servers/channel.ts'

export type ServerName = 'invigil' | 'bare'

/** A server in a process of its own. */
export interface BenchServer {
  readonly name: ServerName
  readonly url: string
  /** Processor time of its process so far, in microseconds. */
  cpuMicros (): Promise<number>
  /** Asks for work that has no HTTP; answers its milliseconds. */
  work (amount: number): Promise<number>
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
  const ready = await nextAnswer(child, name)
  return {
    name,
    url: `http://127.0.0.1:${ready.value}`,
    cpuMicros: () => ask(child, name, { kind: 'cpu' }),
    work: amount => ask(child, name, { kind: 'work', amount }),
    async stop () {
      if (child.exitCode !== null) return
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

async function ask (child: ChildProcess, name: ServerName, question: Question): Promise<number> {
  child.send(question)
  return (await nextAnswer(child, name)).value
}

async function nextAnswer (child: ChildProcess, name: ServerName): Promise<Answer> {
  const [first] = await Promise.race([once(child, 'message'), once(child, 'exit').then(([code]) => { throw new Error(`the server ${name} ended with ${code}`) })])
  return first
}
