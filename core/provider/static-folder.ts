import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { StaticAssets } from './registry.ts'

/** Lists a static folder once. What is served later is looked up in this list, so no request can name anything else. */
export async function readStaticFolder (provider: string, folder: string): Promise<StaticAssets> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  // links are left out: they may lead out of the package
  const files = entries.filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\0`).update(await readFile(join(folder, file)))
  return Object.freeze({ path: `/static/providers/${provider}/${hash.digest('hex').slice(0, 16)}/`, files: new Set(files) })
}
