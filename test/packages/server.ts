import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Test } from 'tap'
import { freePort } from '../helper/free-port.ts'
import { until } from '../helper/server-process.ts'
import { environmentOf } from './site.ts'

export interface Running { url: string, env: NodeJS.ProcessEnv }

/** Starts a server in somebody's folder, on a port of its own, and answers when it is ready. */
export async function startIn (t: Test, folder: string, [command, ...args]: readonly [string, ...string[]], more: NodeJS.ProcessEnv = {}): Promise<Running> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { ...more, PORT: String(port) }
  // a group of its own, so that what npm starts is ended with it
  const server = spawn(command, args, { cwd: folder, env: environmentOf(folder, env), stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const said: string[] = []
  for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { said.push(text) })
  const end = once(server, 'exit')
  t.teardown(async () => {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, 'SIGTERM')
    await end
    await until(async () => await fetch(`${url}/health/live`).then(() => false, () => true))
  })
  await until(async () => {
    if (server.exitCode !== null) throw new Error(`${command} ${args.join(' ')} ended with ${server.exitCode}: ${said.join('')}`)
    return await fetch(`${url}/health/ready`).then(({ ok }) => ok, () => false)
  })
  return { url, env }
}
