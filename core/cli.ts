#!/usr/bin/env node
import { explainFault } from './cli/faults.ts'
import { runCli } from './cli/run.ts'
import { guardProcess } from './provider/guard/guard-process.ts'

const LEFT_OPEN_MS = 500

const interrupted = new AbortController()
// the first Ctrl-C ends long work at a good place, a second one ends the process
process.once('SIGINT', () => interrupted.abort())
// who reads may stop reading, as `head` does
process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code !== 'EPIPE') throw error })

// the service guards itself
const isService = process.argv[2] === 'start'
if (!isService) guardProcess({ onOwnError (error) { process.stderr.write(`${explainFault(error)}\n`); process.exit(1) } })

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env, cwd: process.cwd(), stdout: process.stdout, stderr: process.stderr, signal: interrupted.signal,
})

// what providers left open must not keep a command from ending
if (!isService) setTimeout(() => process.exit(), LEFT_OPEN_MS).unref()
