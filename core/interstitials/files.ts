import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/**
 * Files of a folder by name without suffix (`timed_exam/entrance`), contents as text.
 * Links are left out: a provider's folder must not reach outside its package.
 */
export function readFolder (folder: string, suffix: string): Map<string, string> {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith(suffix))
    .map(entry => join(entry.parentPath, entry.name))
  return new Map(files.map(file => [nameOf(relative(folder, file), suffix), readFileSync(file, 'utf8')]))
}

const nameOf = (path: string, suffix: string): string => path.slice(0, -suffix.length).split(sep).join('/')
