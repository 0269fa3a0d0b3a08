import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { NotChecked } from '../check.ts'

const run = promisify(execFile)
const LIMIT_MS = 30_000

/** The files npm would publish, by npm's own word; nothing is written and no script is run. */
export async function listPublishedFiles (folder: string): Promise<ReadonlySet<string>> {
  try {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'], { cwd: folder, timeout: LIMIT_MS, maxBuffer: 64 * 1024 * 1024 })
    return new Set(readPaths(JSON.parse(stdout)))
  } catch (cause) {
    throw new NotChecked(`"npm pack --dry-run" failed: ${cause instanceof Error ? cause.message.split('\n').slice(0, 3).join(' ') : String(cause)}`, { cause })
  }
}

/** A list of packages, or with newer npm an object of them. */
function readPaths (packed: unknown): string[] {
  const [first]: unknown[] = typeof packed === 'object' && packed !== null ? Object.values(packed) : []
  const files: unknown = typeof first === 'object' && first !== null ? Reflect.get(first, 'files') : null
  if (!Array.isArray(files)) throw new Error('its answer holds no list of files')
  return files.map((file: { path?: unknown }) => String(file.path))
}
