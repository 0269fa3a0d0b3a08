import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const ROOT = join(import.meta.dirname, '..')
/** What is looked at before anything is run; each takes one core. */
const SCRIPTS = ['lint', 'typecheck', 'walls']

/** What a script of package.json says, and whether it found nothing. */
async function runScript (name: string): Promise<{ holds: boolean, said: string }> {
  const child = spawn('npm', ['run', '--silent', name], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  const code = new Promise<number | null>((resolve, reject) => { child.once('error', reject).once('close', resolve) })
  const said = await Promise.all([text(child.stdout), text(child.stderr)])
  return { holds: await code === 0, said: said.join('') }
}

/** Runs them side by side and tells of each when it is done; all are told, also after one that failed. */
async function main (): Promise<void> {
  await Promise.all(SCRIPTS.map(async name => {
    const { holds, said } = await runScript(name)
    process.stdout.write(`${holds ? 'ok' : 'FAILED'} ${name}\n${said}`)
    if (!holds) process.exitCode = 1
  }))
}

if (import.meta.main) await main()
