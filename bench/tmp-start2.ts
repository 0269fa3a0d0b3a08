import { openScene } from './scene/scene.ts'
import { writeConfig } from './scene/config.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
const scene = await openScene({ databaseUrl: undefined, rounds: 1, profileDir: null })
const own = await writeConfig('/tmp', 'own.yaml', await scene.settings())
for (let i = 0; i < 2; i++) {
  const c = spawn(process.execPath, ['--cpu-prof', '--cpu-prof-dir=/tmp/prof', '--cpu-prof-name=start.cpuprofile', 'core/server.ts'], { env: { PATH: process.env.PATH, INVIGIL_CONFIG: own, NODE_ENV: 'production', PORT: '18123', ...(process.argv[2] ? { NODE_COMPILE_CACHE: '/tmp/ncc' } : {}) }, stdio: ['ignore', 'ignore', 'inherit'] })
  for (;;) { if (await fetch('http://127.0.0.1:18123/health/ready').then(r => r.ok, () => false)) break; await sleep(20) }
  c.kill('SIGTERM'); await once(c, 'exit')
}
await scene.close()
