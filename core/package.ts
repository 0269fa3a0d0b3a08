import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where this package lives and which version it is. */
export function describePackage (): { root: string, version: string } {
  const root = dirname(dirname(fileURLToPath(import.meta.url)))
  const { version }: { version: string } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'))
  return { root, version }
}
