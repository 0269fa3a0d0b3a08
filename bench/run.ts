import { parseArgs } from 'node:util'
import call from './call.ts'
import memory from './memory.ts'
import poll from './poll.ts'
import put from './put.ts'
import start from './start.ts'
import { printFindings } from './measure/print.ts'
import type { Finding } from './measure/finding.ts'
import { openScene, type Scene } from './scene/scene.ts'

const BENCHMARKS: Readonly<Record<string, (scene: Scene) => Promise<Finding[]>>> = { poll, put, call, memory, start }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '25' },
    json: { type: 'boolean', default: false },
    /** A folder for CPU profiles of the servers. */
    profile: { type: 'string' },
  },
})

const names = positionals.length > 0 ? positionals : Object.keys(BENCHMARKS)
const unknown = names.filter(name => !Object.hasOwn(BENCHMARKS, name))
if (unknown.length > 0) throw new Error(`unknown benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}`)

const scene = await openScene({ databaseUrl: process.env['DATABASE_URL'], rounds: Number(values.rounds), profileDir: values.profile ?? null })
try {
  for (const name of names) printFindings(await BENCHMARKS[name]?.(scene) ?? [], values.json)
} finally {
  await scene.close()
}
