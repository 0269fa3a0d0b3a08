import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, lstat, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { chooseAccount, findServiceAccount } from '../../core/db/embedded/account.ts'
import { resolveFolder } from '../../core/db/embedded/folder.ts'
import { readLockFile } from '../../core/db/embedded/holder.ts'
import { findPackage, linkLibraries, majorOf, prepareNative } from '../../core/db/embedded/native.ts'
import { isAlive } from '../../core/db/embedded/process.ts'
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from '../../core/db/embedded.ts'
import { ask, exists, makeFolder, until } from '../helper/postgres-tools.ts'

const PARENT = fileURLToPath(new URL('../helper/postgres-parent.ts', import.meta.url))
const isRoot = process.getuid?.() === 0
const rootOnly = isRoot ? false : 'needs root'

/** Most tests take turns on one cluster: making a new one is the slow part. */
const shared = join(await makeFolder(t), 'deep', 'data')

async function start (t: Test, options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ ...options, settings: { fsync: 'off', ...options.settings } })
  t.teardown(() => postgres.stop())
  return postgres
}

async function startParent (t: Test, dataDir: string, mode: 'stay' | 'forget' = 'stay'): Promise<{ parent: ChildProcess, said: string }> {
  const parent = spawn(process.execPath, [PARENT, dataDir, mode], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  t.teardown(() => parent.kill('SIGKILL'))
  const [chunk] = await once(parent.stdout, 'data')
  return { parent, said: String(chunk).trim() }
}

async function killHard (parent: ChildProcess): Promise<void> {
  if (parent.exitCode !== null) return
  const exit = once(parent, 'exit')
  parent.kill('SIGKILL')
  await exit
}

async function serverPid (dataDir: string): Promise<number> {
  return Number((await readLockFile(dataDir))[0])
}

const wasRefused = { code: 'INV_EMBEDDED_POSTGRES' }

t.test('it starts on a folder that does not exist, and keeps its data over a restart', async t => {
  const first = await start(t, { dataDir: shared })
  t.equal(await ask(first.connection('invigil'), 'select current_database()'), 'invigil')
  await ask(first.url('invigil'), 'create table kept as select 42 as answer')
  await first.stop()
  const second = await start(t, { dataDir: shared })
  t.equal(await ask(second.url('invigil'), 'select answer from kept'), 42)
})

t.test('it sorts by code point, knows letters beyond ASCII and speaks UTC on every machine', async t => {
  const postgres = await start(t, { dataDir: shared, settings: { work_mem: '5MB' } })
  const url = postgres.url('invigil')
  t.equal(await ask(url, "select string_agg(x, '' order by x) from unnest(array['b', 'Z', 'é', 'a']) x"), 'Zabé')
  t.equal(await ask(url, "select lower('ÄÉ')"), 'äé')
  t.equal(await ask(url, 'show timezone'), 'UTC')
  t.equal(await ask(url, 'show work_mem'), '5MB', 'settings of the caller are passed on')
})

t.test('it listens on its socket only, whatever the settings say', async t => {
  const { port, close } = await findFreePort()
  await close()
  const postgres = await start(t, { dataDir: shared, settings: { listen_addresses: '127.0.0.1', port: String(port) } })
  t.equal(await ask(postgres.url('invigil'), 'show listen_addresses'), '')
  await t.rejects(once(connect(port, '127.0.0.1'), 'connect'), { code: 'ECONNREFUSED' })
  t.equal((await stat(postgres.socketDir)).mode & 0o777, 0o700, 'and no other user can reach that')
})

t.test('odd characters in the path do no harm', async t => {
  const postgres = await start(t, { dataDir: join(await makeFolder(t), 'a, "b" \'c\' %20 é') })
  t.equal(await ask(postgres.url('invigil'), 'select 1'), 1)
})

t.test('where the path is too long for a socket, a short folder stands in, for as long as the server runs', async t => {
  const dataDir = join(await makeFolder(t), 'x'.repeat(100), 'data')
  const postgres = await start(t, { dataDir })
  t.not(postgres.socketDir, dataDir)
  t.ok(postgres.socketDir.length < 93)
  t.equal((await stat(postgres.socketDir)).mode & 0o777, 0o700)
  t.equal(await ask(postgres.url('invigil'), 'select 1'), 1)
  await postgres.stop()
  t.notOk(await exists(postgres.socketDir))
})

t.test('stop is clean, may be repeated, and a server that ends by itself is reported', async t => {
  const warnings: string[] = []
  const log = { info: () => {}, warn: (text: string) => warnings.push(text) }
  const stopped = await start(t, { dataDir: shared, log })
  const pid = await serverPid(shared)
  await Promise.all([stopped.stop(), stopped.stop()])
  t.notOk(isAlive(pid))
  t.notOk(await exists(join(shared, 'postmaster.pid')), 'a server that was stopped cleanly takes its lock file along')
  t.strictSame(warnings, [])

  await start(t, { dataDir: shared, log })
  process.kill(await serverPid(shared), 'SIGQUIT')
  t.ok(await until(() => warnings.length === 1))
  t.match(warnings[0], /ended by itself/)
})

t.test('the server ends when its parent is killed, and the next start finds all in order', async t => {
  const { parent, said } = await startParent(t, shared)
  t.equal(said, 'up')
  const pid = await serverPid(shared)
  t.ok(isAlive(pid))
  await killHard(parent)
  t.ok(await until(() => !isAlive(pid)), 'nobody told it but the watchdog')
  t.notOk(await exists(join(shared, 'postmaster.pid')), 'and it shut down in order')
  t.equal(await ask((await start(t, { dataDir: shared })).url('invigil'), 'select 1'), 1)
})

t.test('Ctrl-C reaches the parent only, which may still have work for the server', async t => {
  const { parent } = await startParent(t, shared)
  const pid = await serverPid(shared)
  if (parent.pid === undefined) return t.fail('expected a pid')
  process.kill(-parent.pid, 'SIGINT')
  await sleep(200)
  t.ok(isAlive(pid))
  await killHard(parent)
  t.ok(await until(() => !isAlive(pid)))
})

t.test('a process that forgets to stop the server can end all the same', async t => {
  const { parent } = await startParent(t, shared, 'forget')
  if (parent.exitCode === null) await once(parent, 'exit')
  t.equal(parent.exitCode, 0)
  t.ok(await until(async () => !await exists(join(shared, 'postmaster.pid'))))
})

t.test('a server that lost both its parent and its watchdog is ended and replaced', async t => {
  const { parent } = await startParent(t, shared)
  const orphan = await serverPid(shared)
  t.teardown(() => isAlive(orphan) && process.kill(orphan, 'SIGQUIT'))
  for (const watchdog of await findWatchdogs(shared)) process.kill(watchdog, 'SIGKILL')
  await killHard(parent)
  await sleep(100)
  t.ok(isAlive(orphan), 'it runs on, as it should here')
  const postgres = await start(t, { dataDir: shared })
  t.notOk(isAlive(orphan))
  t.equal(await ask(postgres.url('invigil'), 'select 1'), 1)
})

t.test('a lock file that was left behind does not hinder, though its pid may be another program\'s by now', async t => {
  const { parent } = await startParent(t, shared)
  const pid = await serverPid(shared)
  process.kill(pid, 'SIGKILL')
  await killHard(parent)
  await until(() => !isAlive(pid))
  const left = await readFile(join(shared, 'postmaster.pid'), 'utf8')
  const recovered = await start(t, { dataDir: shared })
  await recovered.stop()
  await writeFile(join(shared, 'postmaster.pid'), left.replace(String(pid), String(process.pid)))
  t.equal(await ask((await start(t, { dataDir: shared })).url('invigil'), 'select 1'), 1)
})

t.test('a second start on the same folder says who holds it', async t => {
  const { parent } = await startParent(t, shared)
  await t.rejects(startEmbeddedPostgres({ dataDir: shared }), {
    ...wasRefused,
    message: new RegExp(`started by process ${parent.pid} \\(.*postgres-parent\\.ts.*\\).*DATABASE_URL`),
  })
  await killHard(parent)
  const mine = await start(t, { dataDir: shared })
  await t.rejects(startEmbeddedPostgres({ dataDir: shared }), { ...wasRefused, message: /started by this very process/ })
  t.equal(await ask(mine.url('invigil'), 'select 1'), 1, 'and the first is none the worse for it')
})

t.test('of two first starts at the same moment one wins and the other says why not', async t => {
  const dataDir = join(await makeFolder(t), 'data')
  const both = await Promise.all([startParent(t, dataDir), startParent(t, dataDir)])
  const [winner, loser] = both[0].said === 'up' ? both : [both[1], both[0]]
  t.equal(winner.said, 'up')
  t.match(loser.said, new RegExp(`started by process ${winner.parent.pid} `))
})

t.test('data of another major version is refused and left as it is', async t => {
  const dataDir = await makeFolder(t)
  await writeFile(join(dataDir, 'PG_VERSION'), '12\n')
  if (isRoot) await giveToServer(dataDir)
  await t.rejects(startEmbeddedPostgres({ dataDir }), {
    ...wasRefused,
    message: new RegExp(`expected data of version ${majorOf(await findPackage())} .* found data of version 12.*DATABASE_URL`),
  })
  t.equal(await readFile(join(dataDir, 'PG_VERSION'), 'utf8'), '12\n')
})

t.test('a folder that holds something else is refused', async t => {
  const dataDir = await makeFolder(t)
  await writeFile(join(dataDir, 'thesis.doc'), 'years of work')
  await t.rejects(startEmbeddedPostgres({ dataDir }), { ...wasRefused, message: /found thesis\.doc there and no PG_VERSION/ })
})

t.test('a setting the server does not know is reported in its own words', async t => {
  await t.rejects(startEmbeddedPostgres({ dataDir: shared, settings: { shared_bufers: '1MB' } }), {
    ...wasRefused, message: /unrecognized configuration parameter "shared_bufers"/,
  })
  t.notOk(await exists(join(shared, 'postmaster.pid')))
})

t.test('a fault of the system is told with the folder it concerns', async t => {
  const folder = await makeFolder(t)
  await writeFile(join(folder, 'file'), '')
  await t.rejects(startEmbeddedPostgres({ dataDir: join(folder, 'file', 'data') }), { ...wasRefused, message: /could not be started on .*file/ })
})

t.test('links of libraries are made from the package\'s list, within the package only', async t => {
  const root = await makeFolder(t)
  await mkdir(join(root, 'native', 'lib'), { recursive: true })
  await writeFile(join(root, 'native', 'lib', 'libx.so.1.2'), 'x')
  await writeFile(join(root, 'native', 'pg-symlinks.json'), JSON.stringify([
    { source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' },
    { source: 'native/lib/libx.so.1.2', target: 'native/../../outside' },
  ]))
  t.ok(await linkLibraries(root))
  t.ok(await linkLibraries(root), 'again, with nothing left to do')
  t.equal(await readFile(join(root, 'native', 'lib', 'libx.so.1'), 'utf8'), 'x')
  t.notOk(await exists(join(dirname(root), 'outside')))
})

t.test('a service user is found in the list of users, never one that is root', async t => {
  const line = (name: string, uid: number): string => `${name}:x:${uid}:${uid}::/:/bin/sh\n`
  t.same(findServiceAccount(line('nobody', 65534) + line('postgres', 26)), { uid: 26, gid: 26 })
  t.same(findServiceAccount(line('postgres', 0) + line('nobody', 99)), { uid: 99, gid: 99 })
  t.equal(findServiceAccount(line('ann', 1000)), undefined)
})

t.test('as root the server runs as a user of its own', { skip: rootOnly }, async t => {
  await start(t, { dataDir: shared })
  const account = await chooseAccount(shared)
  t.not(account?.uid, 0)
  t.equal((await stat(`/proc/${await serverPid(shared)}`)).uid, account?.uid)
})

t.test('as root in a closed home, programs and data go where the server\'s user can enter', { skip: rootOnly }, async t => {
  const closed = await makeFolder(t)
  await chmod(closed, 0o700)
  const homes = [join(await makeFolder(t), 'home')]
  const pack = await findPackage()
  const root = join(closed, 'linux-x64')
  await cp(pack.root, root, { recursive: true, filter: async path => !(await lstat(path)).isSymbolicLink() })
  const account = await chooseAccount(join(closed, 'data'))

  const native = await prepareNative({ ...pack, root }, account, homes)
  t.match(native, homes[0])
  const { stdout } = await promisify(execFile)(join(native, 'bin', 'postgres'), ['--version'], { ...account, cwd: '/' })
  t.match(stdout, `(PostgreSQL) ${majorOf(pack)}.`, 'it runs, so the libraries are linked')
  t.equal(await prepareNative({ ...pack, root }, account, homes), native, 'copied once')

  const folder = await resolveFolder(join(closed, 'data'), account, homes)
  t.match(folder, homes[0])
  t.equal(await resolveFolder(join(closed, 'data'), account, homes), folder, 'a link leads there from now on')
})

async function findFreePort (): Promise<{ port: number, close: () => Promise<unknown> }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address')
  return { port: address.port, close: () => once(server.close(), 'close') }
}

async function findWatchdogs (dataDir: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-eo', 'pid=,command='])
  return stdout.split('\n').filter(line => line.includes('/bin/sh -c') && line.includes(dataDir)).map(line => Number.parseInt(line))
}

/** Root hands the folder over as a start would have done. */
async function giveToServer (folder: string): Promise<void> {
  const account = await chooseAccount(folder)
  await promisify(execFile)('chown', ['-R', `${account?.uid}:${account?.gid}`, folder])
}
