import { link, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbeddedPostgres } from '../../core/db/embedded.ts'
import { isAlive } from '../../core/db/embedded/process.ts'
import { answerFile, formatAnswer, hasKeeper, type KeeperAnswer, lockFile, RUN_PREFIX } from './postgres-run.ts'

/** A process of its own that owns a run's cluster and ends with the run: `node postgres-keeper.ts <folder> <owner's pid>`. */

const OWNER_POLL_MS = 100

/** Nothing here is worth keeping, so nothing is written twice or waited for. */
const THROW_AWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200', autovacuum: 'off' }

async function keep (folder: string, owner: number): Promise<void> {
  if (!await claim(folder)) return
  await removeAbandoned(dirname(folder))
  await rm(join(folder, 'data'), { recursive: true, force: true, maxRetries: 5 })
  const cluster = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), settings: THROW_AWAY })
    .catch((error: unknown) => String(error))
  const isUp = typeof cluster !== 'string'
  await answer(folder, { keeper: process.pid, isUp, text: isUp ? cluster.url('') : cluster })
  while (isAlive(owner)) await sleep(OWNER_POLL_MS)
  if (isUp) await cluster.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** True for the one keeper of the run; a keeper that died is succeeded. */
async function claim (folder: string): Promise<boolean> {
  await mkdir(folder, { mode: 0o755, recursive: true })
  if ((await stat(folder)).uid !== process.getuid?.()) throw new Error(`${folder} belongs to another user`)
  if (await hasKeeper(folder)) return false
  await rm(lockFile(folder), { force: true })
  // linked, so that the lock appears with its content and for one of us only
  const mine = `${lockFile(folder)}.${process.pid}`
  await writeFile(mine, String(process.pid))
  const isMine = await link(mine, lockFile(folder)).then(() => true, () => false)
  await rm(mine)
  return isMine
}

/** The others poll, so they must never see half of it. */
async function answer (folder: string, content: KeeperAnswer): Promise<void> {
  await writeFile(`${answerFile(folder)}.new`, formatAnswer(content))
  await rename(`${answerFile(folder)}.new`, answerFile(folder))
}

/** Folders of runs whose owner and keeper were both killed. */
async function removeAbandoned (parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const folder = join(parent, name)
    if (!name.startsWith(RUN_PREFIX) || isAlive(Number(name.slice(RUN_PREFIX.length))) || await hasKeeper(folder)) continue
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

await keep(process.argv[2] ?? '', Number(process.argv[3]))
