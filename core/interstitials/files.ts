import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Files of a folder by name without suffix (`timed_exam/entrance`), contents as text. */
export function readFolder (folder: string, suffix: string): Map<string, string> {
  return new Map(listFiles(folder).filter(file => file.endsWith(suffix))
    .map(file => [nameOf(relative(folder, file), suffix), readFileSync(file, 'utf8')]))
}

/** Links are left out, to files and to folders: a provider's folder must not reach outside its package. */
function listFiles (folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return listFiles(path)
    return entry.isFile() ? [path] : []
  })
}

const nameOf = (path: string, suffix: string): string => path.slice(0, -suffix.length).split(sep).join('/')
