import { spawnSync } from 'node:child_process'
import t from 'tap'
import { SUE, tokenFor } from '../helper/app.ts'
import { until } from '../helper/server-process.ts'
import { runProcess, type Process } from './hostile-process.ts'

t.setTimeout(170_000)

const KEY = 'key-that-nobody-may-see'
const wild = (deed = '', fields: object = {}) => ({ package: 'fixture-wild', options: { key: KEY, deed }, ...fields })

const act = async ({ url }: Process, deed: string): Promise<number> => (await fetch(`${url}/api/providers/wild/do/${encodeURIComponent(deed)}`)).status

interface Health { counts: Record<string, number>, last_errors: { method: string, message: string }[] }

async function healthOf ({ url }: Process, name: string): Promise<Health & { state: string, faults: string[] }> {
  const response = await fetch(`${url}/api/invigil/v1/providers`, { headers: { authorization: `JWT ${await tokenFor(SUE)}` } })
  const { providers }: { providers: { name: string, state: string, faults: string[], health: Health }[] } = JSON.parse(await response.text())
  const found = providers.find(provider => provider.name === name)
  if (!found) throw new Error(`no ${name}`)
  return { ...found.health, state: found.state, faults: found.faults }
}

t.test('what a provider does later on its own account is refused or contained, logged and counted; exams go on', async t => {
  const server = await runProcess(t, { fixtures: ['wild'], enabled: { wild: wild() } })
  await server.ready()
  const cases: [deed: string, status: number, told: RegExp][] = [
    ['rejects later', 200, /a promise of its own was rejected and nobody looked: rejected by wild/],
    ['rejects with text', 200, /nobody looked: threw only a text/],
    ['throws later', 200, /code of its own threw and nobody caught it: thrown by wild/],
    ['throws in an event', 200, /nobody caught it: thrown in a tick/],
    ['exits later', 200, /process\.exit\(0\) was called and refused/],
    ['exits by name', 502, /process\.exit\(0\) was called and refused/],
    ['exits quietly', 200, /process\.exit\(0\) was called and refused/],
    ['aborts', 502, /process\.abort\(\) was called and refused/],
    ['kills', 502, /process\.kill\(\d+, SIGTERM\) was called and refused/],
  ]
  for (const [deed, status, told] of cases) {
    t.equal(await act(server, deed), status, deed)
    await until(async () => (await healthOf(server, 'wild')).last_errors.some(({ method, message }) => method === 'background' && told.test(message)))
    t.ok(server.stdout().split('\n').some(line => line.includes('"level":50,') && line.includes("provider 'wild' (package 'fixture-wild'): ")), `${deed}: logged`)
    t.equal((await fetch(`${server.url}/health/live`)).status, 200, `${deed}: the process lives`)
  }
  const { counts: { failed = 0 } } = await healthOf(server, 'wild')
  t.ok(failed >= cases.length, 'each is counted')

  await act(server, 'writes')
  await act(server, 'floods')
  await until(() => server.stdout().includes('raw error [secret]'))
  t.notMatch(server.output(), KEY, 'its secrets reach no stream')
  t.match(server.stdout(), /"provider":"wild","printed":true,"msg":"line 7 with \[secret\]"/, 'what it prints is the log\'s, in its name')
  t.match(server.stdout(), /the rest is left out/)
  t.ok((server.stdout().match(/"printed":true/g) ?? []).length < 150, 'and has an end')

  await act(server, 'leaks')
  server.signal('SIGTERM')
  t.equal(await server.ended(), 0, 'what it leaves open holds nothing up')
})

t.test('a provider that ends the process while it starts ends its own start only', async t => {
  const strict = await runProcess(t, { fixtures: ['wild'], enabled: { wild: wild('exits by name') } })
  t.equal(await strict.ended(), 1)
  t.match(strict.output(), /Provider 'wild' \(package 'fixture-wild'\): expected 'create' to return the provider, found Error: process\.exit\(\) was called; a provider may not end the process\./)
  const lenient = await runProcess(t, { fixtures: ['wild', 'good'], enabled: { wild: wild('exits by name', { on_boot_failure: 'disable' }), fine: { package: '@acme/proctor' } } })
  await lenient.ready()
  t.match(await healthOf(lenient, 'wild'), { state: 'disabled', faults: [/process\.exit\(\) was called/] })
  t.equal((await healthOf(lenient, 'fine')).state, 'ready')
})

t.test('a start that fails ends, whatever a provider left running; so does a command', async t => {
  const enabled = { wild: wild('leaks'), absent: { package: 'not-here-at-all' } }
  const server = await runProcess(t, { fixtures: ['wild'], enabled })
  t.equal(await server.ended(), 1)
  t.match(server.output(), /not-here-at-all/)
  const command = await runProcess(t, { fixtures: ['wild'], enabled: { wild: wild('leaks') }, script: 'cli.ts', args: ['providers'] })
  t.equal(await command.ended(), 0)
  t.match(command.output(), 'fixture-wild')
})

t.test('an error of the host\'s own that nobody caught still ends the process', async t => {
  const guard = new URL('../../core/provider/guard/guard-process.ts', import.meta.url).href
  const run = (code: string) => spawnSync(process.execPath, ['--input-type=module', '-e', `
    import { guardProcess } from ${JSON.stringify(guard)}
    const guard = guardProcess({ onOwnError (error) { console.log('ours: ' + error.message); process.exit(3) } })
    setTimeout(() => { console.log('lives'); guard.close() }, 300)
    ${code}`], { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } })
  t.match(run("setTimeout(() => { throw new Error('x') })"), { status: 3, stdout: 'ours: x\n' })
  t.match(run("Promise.reject(new Error('y'))"), { status: 3, stdout: 'ours: y\n' })
  t.match(run('process.exit(4)'), { status: 4 })
  t.match(run(''), { status: 0, stdout: 'lives\n' })
})
