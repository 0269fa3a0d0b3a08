#!/usr/bin/env node
import { runCli } from './cli/run.ts'

const interrupted = new AbortController()
// the first Ctrl-C ends long work at a good place, a second one ends the process
process.once('SIGINT', () => interrupted.abort())
// who reads may stop reading, as `head` does
process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code !== 'EPIPE') throw error })

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env, cwd: process.cwd(), stdout: process.stdout, stderr: process.stderr, signal: interrupted.signal,
})
