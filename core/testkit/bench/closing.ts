import { spawn, type ChildProcess } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NotChecked } from '../check.ts'
import type { Target } from '../target/target.ts'

/** What the process that closes a provider must know. */
export type ClosingOrder = Pick<Target, 'folder' | 'packageName' | 'entry' | 'hostRoot' | 'workDir' | 'options' | 'isLive'>

export interface Closing {
  /** How long closing took, with a call under way; milliseconds. */
  readonly closedMs: number
  /** What kept the process alive afterwards; empty when it ended by itself. */
  readonly open: readonly string[]
}

const LIFE_MS = 40_000
/** From the closing until the process must have ended by itself. */
export const LEAVING_MS = 2_000

/** Closes the provider in a process of its own: only there is seen what it leaves behind. */
export async function watchClosing (target: Target): Promise<Closing> {
  const { folder, packageName, entry, hostRoot, workDir, options, isLive } = target
  const order: ClosingOrder = { folder, packageName, entry, hostRoot, workDir, options, isLive }
  const script = fileURLToPath(new URL(`./closing-child${extname(import.meta.filename)}`, import.meta.url))
  const child = spawn(process.execPath, [script, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'pipe'] })
  try {
    return await watch(child)
  } finally {
    child.kill('SIGKILL')
  }
}

function watch (child: ChildProcess): Promise<Closing> {
  return new Promise((resolve, reject) => {
    let said = ''
    let complaint = ''
    let left: Closing | undefined
    const timers: NodeJS.Timeout[] = []
    const settle = (end: () => void) => { timers.forEach(clearTimeout); end() }
    timers.push(setTimeout(() => settle(() => reject(new NotChecked(`the provider was not closed within ${LIFE_MS / 1000} s`))), LIFE_MS))
    child.stderr?.on('data', chunk => { complaint += String(chunk) })
    child.stdout?.on('data', chunk => {
      said += String(chunk)
      const line = said.split('\n').find(text => text.startsWith('{"closedMs"') && text.endsWith('}'))
      if (left || !line) return
      const closing: Closing = left = JSON.parse(line)
      timers.push(setTimeout(() => settle(() => resolve(closing)), LEAVING_MS))
    })
    child.on('error', error => settle(() => reject(error)))
    child.on('exit', code => settle(() => {
      if (left) resolve({ ...left, open: [] })
      else reject(new NotChecked(`the process that closes the provider ended with ${code}: ${complaint.trim().split('\n').slice(0, 6).join(' ').slice(0, 400)}`))
    }))
  })
}
