import { type ChildProcess, spawn } from 'node:child_process'
import { Socket } from 'node:net'
import type { Account } from './account.ts'

/**
 * The program becomes this shell's process, so its pid is the one we get. Beside it waits a watchdog with a pipe from us as its stdin: a line
 * says "it ended, stand down"; an end without a line says we are gone, however we died, and interrupts the program.
 */
const TETHER = `
( ( read -r word || kill -INT "$$" ) <&3 >/dev/null 2>&1 & )
exec "$@" 3<&-
`

const TAIL_LENGTH = 4000

export interface Tethered {
  readonly child: ChildProcess
  /** Resolves when the program has ended, with a word on how. */
  readonly ended: Promise<string>
  /** The last of what it said on stderr. */
  tail (): string
}

/** Starts a program that never outlives us, in its own session so that Ctrl-C reaches us first. */
export function spawnTethered (file: string, args: string[], account: Account | null): Tethered {
  const child = spawn('/bin/sh', ['-c', TETHER, 'sh', file, ...args], {
    ...account,
    detached: true,
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  const said = listen(child)
  const ended = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('exit', (code, signal) => {
      standDown(child)
      // a failing program's last words may still be on their way
      setTimeout(() => resolve(signal ?? `exit code ${code}`), code === 0 ? 0 : 20)
    })
  })
  return { child, ended, tail: () => said.text.trim() }
}

/** Lets our process end although the program still runs; the watchdog sees to the program. */
export function letGo ({ child }: Tethered): void {
  child.unref()
  for (const stream of socketsOf(child)) stream.unref()
}

function listen (child: ChildProcess): { text: string } {
  const said = { text: '' }
  child.stderr?.setEncoding('utf8').on('data', (text: string) => { said.text = (said.text + text).slice(-TAIL_LENGTH) })
  // either end of a pipe may vanish at any time; that is what `ended` tells
  for (const stream of socketsOf(child)) stream.on('error', () => {})
  return said
}

function standDown (child: ChildProcess): void {
  const lifeline = child.stdio[3]
  if (lifeline instanceof Socket) lifeline.end('done\n')
}

function socketsOf (child: ChildProcess): Socket[] {
  return child.stdio.filter(stream => stream instanceof Socket)
}
