import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { TestScope } from './database.ts'
import { freePort } from './free-port.ts'

const SERVER = fileURLToPath(new URL('../../core/server.ts', import.meta.url))
const PATIENCE_MS = 60_000

export interface ServerProcess {
  readonly url: string
  signal (name: NodeJS.Signals): void
  /** How it ended: the exit code, or the signal. */
  ended (): Promise<number | NodeJS.Signals | null>
}

export interface ServerSetup { configFile: string, databaseUrl: string }

/** A real server, as `npm start` runs it, on a port of its own. Answers when it is ready to serve. */
export async function startServerProcess (t: TestScope, { configFile, databaseUrl }: ServerSetup): Promise<ServerProcess> {
  const port = await freePort()
  // without the test runner's own loader, which is in NODE_OPTIONS
  const { NODE_OPTIONS: _loader, ...env } = process.env
  const child = spawn(process.execPath, [SERVER], {
    env: { ...env, INVIGIL_CONFIG: configFile, DATABASE_URL: databaseUrl, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = once(child, 'exit').then(([code, signal]: (number | NodeJS.Signals | null)[]) => code ?? signal ?? null)
  t.teardown(async () => {
    child.kill('SIGKILL')
    await end
  })
  const output = collect(child)
  const url = `http://127.0.0.1:${port}`
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}: ${output()}`)
    return await fetch(`${url}/health/ready`).then(({ ok }) => ok, () => false)
  })
  return { url, signal (name) { child.kill(name) }, ended: () => end }
}

function collect ({ stdout, stderr }: ChildProcess): () => string {
  const chunks: Buffer[] = []
  for (const stream of [stdout, stderr]) stream?.on('data', (chunk: Buffer) => { chunks.push(chunk) })
  return () => Buffer.concat(chunks).toString('utf8')
}

/** Waits for what will come, as long as it may take on a busy machine. */
export async function until (condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const began = Date.now(); !await condition(); await sleep(50)) {
    if (Date.now() - began > PATIENCE_MS) throw new Error(`It did not come within ${PATIENCE_MS / 1000} s: ${condition.toString()}`)
  }
}
