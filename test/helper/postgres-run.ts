import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isAlive } from '../../core/db/embedded/process.ts'

const KEEPER = fileURLToPath(new URL('./postgres-keeper.ts', import.meta.url))
const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
const PATIENCE_MS = 60_000

/** One run of tests: all files that one tap process starts, or one file started by hand. */
export interface TestRun {
  /** When this process is gone, the run is over. */
  readonly owner: number
  /** Where the run's processes meet: the keeper's lock, its answer, the cluster. */
  readonly folder: string
}

/** What the keeper leaves in the run's folder for the others: the server's address without a database's name, or why there is none. */
export interface KeeperAnswer {
  readonly keeper: number
  readonly isUp: boolean
  readonly text: string
}

export const RUN_PREFIX = `invigil-test-${createHash('sha256').update(PROJECT).digest('hex').slice(0, 8)}-`
export const lockFile = (folder: string): string => join(folder, 'keeper.pid')
export const answerFile = (folder: string): string => join(folder, 'answer')

export function describeRun (owner = findOwner()): TestRun {
  return { owner, folder: join(tmpdir(), `${RUN_PREFIX}${owner}`) }
}

/** Address of the run's server, up to and without the database's name; starts the server if we are the first to ask. */
export async function joinRun (run: TestRun): Promise<string> {
  let keeper: ChildProcess | undefined
  for (const started = Date.now(); Date.now() - started < PATIENCE_MS; await sleep(10)) {
    const answer = await readAnswer(run.folder)
    if (answer !== null && isAlive(answer.keeper)) return baseOf(answer)
    const isStarting = (keeper !== undefined && keeper.exitCode === null) || await hasKeeper(run.folder)
    if (!isStarting) keeper = spawnKeeper(run)
  }
  throw new Error(`The test cluster in ${run.folder} was expected to be up within ${PATIENCE_MS / 1000} s, and is not. ` +
    'Set TEST_DATABASE_URL to use a server of your own.')
}

export async function hasKeeper (folder: string): Promise<boolean> {
  const pid = Number(await readFile(lockFile(folder), 'utf8').catch(() => '0'))
  return pid > 0 && isAlive(pid)
}

function baseOf ({ isUp, text }: KeeperAnswer): string {
  if (!isUp) throw new Error(`The test cluster did not start. ${text}`)
  return text
}

export function formatAnswer ({ keeper, isUp, text }: KeeperAnswer): string {
  return [keeper, isUp ? 'up' : 'down', text].join('\n')
}

async function readAnswer (folder: string): Promise<KeeperAnswer | null> {
  const content = await readFile(answerFile(folder), 'utf8').catch(() => null)
  if (content === null) return null
  const [keeper, state, ...text] = content.split('\n')
  return { keeper: Number(keeper), isUp: state === 'up', text: text.join('\n') }
}

/** Tap's own pid under tap; ours when a file is run by hand, or when tap is gone already. */
function findOwner (): number {
  return process.env['TAP_CHILD_ID'] !== undefined && process.ppid !== 1 ? process.ppid : process.pid
}

/** Through a shell that forgets NODE_OPTIONS: tap puts its loader there for every child, and the keeper is no test. */
function spawnKeeper ({ folder, owner }: TestRun): ChildProcess {
  const command = ['-c', 'unset NODE_OPTIONS; exec "$@"', 'sh', process.execPath, KEEPER, folder, String(owner)]
  const keeper = spawn('/bin/sh', command, { detached: true, stdio: 'ignore' })
  keeper.unref()
  return keeper
}
