import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readlink } from 'node:fs/promises'

/** Whether the pid is taken, be it by a zombie; this is all PostgreSQL asks. */
export function isTaken (pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is there, under another user
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Whether the process runs; on Linux a zombie does not count, because some containers never reap one. */
export function isAlive (pid: number): boolean {
  return isTaken(pid) && (process.platform !== 'linux' || readCommandLine(pid) !== '')
}

/** The command line, words joined by spaces; empty when there is no such process. */
export async function commandOf (pid: number): Promise<string> {
  return process.platform === 'linux' ? readCommandLine(pid) : await askForCommandLine(pid)
}

/** The working folder where the system tells it (Linux), else undefined. */
export async function folderOf (pid: number): Promise<string | undefined> {
  return await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
}

function readCommandLine (pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trimEnd()
  } catch {
    return ''
  }
}

function askForCommandLine (pid: number): Promise<string> {
  return new Promise(resolve => {
    execFile('ps', ['-ww', '-o', 'command=', '-p', String(pid)], (error, stdout) => resolve(error ? '' : stdout.trimEnd()))
  })
}
