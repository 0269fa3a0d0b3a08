import { openScene } from './scene/scene.ts'
import { writeConfig } from './scene/config.ts'
import { startProcess } from './scene/processes.ts'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
const scene = await openScene({ databaseUrl: undefined, rounds: 1, profileDir: null })
const own = await writeConfig('/tmp', 'own.yaml', await scene.settings())
const hz = 100
const cpu = (pid: number) => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return (Number(f[11]) + Number(f[12])) * 1000 / hz }
for (const [name, env] of Object.entries({ plain: {}, cache: { NODE_COMPILE_CACHE: '/tmp/ncc' } })) {
  const times: string[] = []
  for (let i = 0; i < 6; i++) { const p = await startProcess({ INVIGIL_CONFIG: own, NODE_ENV: 'production', ...env }); times.push(`${p.readyMs.toFixed(0)}/${cpu(p.pid)}`); await p.stop() }
  console.log(name, times.join(' '))
}
await scene.close()
