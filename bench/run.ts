import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import call from './call.ts'
import lists from './lists.ts'
import memory from './memory.ts'
import poll from './poll.ts'
import put from './put.ts'
import start from './start.ts'
import type { Finding } from './measure/finding.ts'
import { describeMachine, placeFigures, writeJson, writeTable } from './measure/print.ts'
import { openScene, type Scene } from './scene/scene.ts'

/** In the order they are run when none is named. */
const BENCHMARKS: Readonly<Record<string, (scene: Scene) => Promise<Finding[]>>> = { poll, put, call, lists, memory, start }

const USAGE = `npm run bench -- [${Object.keys(BENCHMARKS).join('|')}]... [--rounds 60] [--json] [--profile folder]
npm run bench -- --write   runs all of them and puts the figures into bench/README.md`
const PAGE = new URL('./README.md', import.meta.url)

const { values: { rounds, json, profile, write }, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '60' }, json: { type: 'boolean', default: false }, profile: { type: 'string' }, write: { type: 'boolean', default: false },
  },
})
const names = positionals.length > 0 ? positionals : Object.keys(BENCHMARKS)
const isRunnable = names.every(name => Object.hasOwn(BENCHMARKS, name)) && Number.isInteger(Number(rounds)) && Number(rounds) > 0 && !(write && positionals.length > 0)

if (isRunnable) {
  await runAll()
} else {
  process.stderr.write(`${USAGE}\n`)
  process.exitCode = 1
}

async function runAll (): Promise<void> {
  const machine = describeMachine()
  const scene = await openScene({ databaseUrl: process.env['DATABASE_URL'], rounds: Number(rounds), profileDir: profile ?? null })
  const findings: Finding[] = []
  try {
    for (const name of names) {
      process.stderr.write(`${name} ...\n`)
      findings.push(...await BENCHMARKS[name]?.(scene) ?? [])
    }
  } finally {
    await scene.close()
  }
  if (write) await writeFile(PAGE, placeFigures(await readFile(PAGE, 'utf8'), findings, { machine, date: new Date() }))
  console.log(json ? writeJson(findings) : `${machine}\n\n${writeTable(findings)}`)
}
