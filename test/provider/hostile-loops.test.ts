import t from 'tap'
import { runProcess } from './hostile-process.ts'

t.setTimeout(170_000)

t.test('a package that never gives the process back while it starts is named, and the process ended', async t => {
  const cases = [['loops-on-import', 'the import of its entry file'], ['loops-in-create', "'create'"]] as const
  await Promise.all(cases.map(async ([fixture, step]) => {
    const server = await runProcess(t, { fixtures: [fixture, 'good'], enabled: { fine: { package: '@acme/proctor' }, stuck: { package: `fixture-${fixture}` } } })
    t.equal(await server.ended(), 'SIGKILL', 'a supervisor sees that it failed')
    t.match(server.output(), `Provider 'stuck' (package 'fixture-${fixture}'): ${step} has kept the process busy for 10 s without a pause`)
  }))
})

t.test('so is one that is loaded for a command', async t => {
  const stuck = await runProcess(t, { fixtures: ['loops-in-create'], enabled: { stuck: { package: 'fixture-loops-in-create' } }, script: 'cli.ts', args: ['providers'] })
  t.equal(await stuck.ended(), 'SIGKILL')
  t.match(stuck.output(), "Provider 'stuck' (package 'fixture-loops-in-create'): 'create' has kept the process busy")
})
