import { chmod, lstat, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** A folder for a cluster: short, because a socket's path must be, and open, because the server may run as another user. */
export async function makeFolder (t: { teardown (handler: () => Promise<void>): void }): Promise<string> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'inv-'))
  await chmod(folder, 0o755)
  t.teardown(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** The first value of the first row, over a connection of its own. */
export async function ask (connection: string | pg.ClientConfig, text: string): Promise<unknown> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(text)
    return Object.values(rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

/** Waits for what another process is about to do; false when it does not. */
export async function until (condition: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const started = Date.now(); Date.now() - started < 10_000; await sleep(20)) {
    if (await condition()) return true
  }
  return false
}

export const exists = (path: string): Promise<boolean> => lstat(path).then(() => true, () => false)
