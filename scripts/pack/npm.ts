import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** What npm, tap and their like set for what they start would lead another npm back to the folder of the first, or leave there what is made elsewhere. */
const INHERITED = /^(npm_(?!config_(registry|cache|userconfig|globalconfig)$)|INIT_CWD$|NODE_OPTIONS$|NODE_COMPILE_CACHE$|TAP)/i

export const cleanEnvironment = (env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !INHERITED.test(name)))

/** Runs npm as in a fresh terminal, and answers what it prints. */
export async function runNpm (args: readonly string[], cwd: string): Promise<string> {
  const child = spawn('npm', args, { cwd, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
  const [code, out, err] = await Promise.all([
    new Promise<number | null>((resolve, reject) => { child.once('error', reject).once('close', resolve) }), text(child.stdout), text(child.stderr),
  ])
  if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${code}:\n${err}${out}`)
  return out
}
