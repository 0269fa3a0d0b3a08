import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { SECRET } from '../helper/app.ts'
import { createTestDatabase } from '../helper/database.ts'
import { freePort } from '../helper/free-port.ts'
import { until } from '../helper/server-process.ts'
import { installFixtures } from './host.ts'

const core = (file: string) => fileURLToPath(new URL(`../../core/${file}`, import.meta.url))

export interface Process {
  readonly url: string
  readonly pid: number | undefined
  /** What it has written so far, to either stream. */
  output (): string
  stdout (): string
  signal (name: NodeJS.Signals): void
  ready (): Promise<void>
  /** How it ended: the exit code, or the signal. */
  ended (): Promise<number | NodeJS.Signals | null>
}

export interface Setup { fixtures: string[], enabled: Record<string, object>, script?: string, args?: string[] }

/** A process of the host, as operators run it, with fixtures as its packages. */
export async function runProcess (t: Test, { fixtures, enabled, script = 'server.ts', args = [] }: Setup): Promise<Process> {
  const root = await installFixtures(t, ...fixtures)
  const [{ url: databaseUrl }, port] = [await createTestDatabase(t), await freePort()]
  const configFile = join(root, 'config.json')
  await writeFile(configFile, JSON.stringify({
    server: { log_level: 'info' },
    data_dir: join(root, 'data'),
    auth: { jwt: { secret: SECRET } },
    providers: { default: null, enabled },
    settings: { user_obfuscation_key: 'SHHHHHH' },
    demo: { enabled: false, clock: false },
  }))
  // without the test runner's own loader, which is in NODE_OPTIONS; NODE_PATH is where packages of these tests are
  const { NODE_OPTIONS: _loader, ...env } = process.env
  const child = spawn(process.execPath, [core(script), ...args], {
    env: { ...env, NODE_PATH: join(root, 'node_modules'), INVIGIL_CONFIG: configFile, DATABASE_URL: databaseUrl, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = once(child, 'exit').then(([code, signal]: (number | NodeJS.Signals | null)[]) => code ?? signal ?? null)
  t.teardown(async () => {
    child.kill('SIGKILL')
    await end
  })
  const texts = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => { texts.stdout += chunk.toString('utf8') })
  child.stderr.on('data', (chunk: Buffer) => { texts.stderr += chunk.toString('utf8') })
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    pid: child.pid,
    output: () => texts.stdout + texts.stderr,
    stdout: () => texts.stdout,
    signal (name) { child.kill(name) },
    ended: () => end,
    ready: () => until(async () => {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The process ended with ${child.exitCode ?? child.signalCode}: ${texts.stderr}`)
      return await fetch(`${url}/health/ready`).then(({ ok }) => ok, () => false)
    }),
  }
}
