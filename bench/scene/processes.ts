import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ENTRY = fileURLToPath(new URL('../../core/server.ts', import.meta.url))
const START_LIMIT_MS = 60_000
const ASK_EVERY_MS = 5

export interface StartedProcess {
  /** From the start of the process to the first good answer of `/health/ready`. */
  readonly readyMs: number
  readonly pid: number
  stop (): Promise<void>
}

/** `node core/server.ts` as an operator starts it. */
export async function startProcess (env: Record<string, string>): Promise<StartedProcess> {
  const port = await findFreePort()
  const startedAt = performance.now()
  const child = spawn(process.execPath, [ENTRY], { stdio: ['ignore', 'ignore', 'inherit'], env: { PATH: process.env['PATH'], ...env, PORT: String(port) } })
  try {
    await untilReady(child, `http://127.0.0.1:${port}/health/ready`, startedAt)
    return { readyMs: performance.now() - startedAt, pid: child.pid ?? 0, stop: () => stop(child) }
  } catch (error) {
    await stop(child)
    throw error
  }
}

async function untilReady (child: ChildProcess, url: string, startedAt: number): Promise<void> {
  while (performance.now() - startedAt < START_LIMIT_MS) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode} before it was ready`)
    const isReady = await fetch(url).then(async answer => { await answer.text(); return answer.ok }, () => false)
    if (isReady) return
    await sleep(ASK_EVERY_MS)
  }
  throw new Error(`the server was not ready after ${START_LIMIT_MS} ms`)
}

async function stop (child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

/** Resident memory in MiB, as the operating system counts it. */
export async function residentMemory (pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
  return Number(stdout) / 1024
}

async function findFreePort (): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
