import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Answers } from './answers.ts'
import { providerNameOf, titleOf } from './names.ts'
import { Impossible } from './terminal.ts'

const TEMPLATE = join(import.meta.dirname, 'template')

/** Names that npm leaves out of a tarball or reads as its own. */
const RENAMED: Readonly<Record<string, string>> = { _gitignore: '.gitignore' }

/**
 * Writes the package into `folder`, which must be empty or not there yet.
 * @throws Impossible
 */
export async function writePackage (folder: string, { name, kind }: Answers): Promise<void> {
  const present = await readdir(folder).catch(error => explain(folder, error))
  if (present.length > 0) throw new Impossible(`${folder} is not empty: expected a new folder, found ${present.slice(0, 3).join(', ')}. Choose another name, or move what is there.`)
  const rename = createRenamer(name)
  for (const source of [join(TEMPLATE, 'common'), join(TEMPLATE, kind)]) {
    for (const file of await listFiles(source)) {
      const target = join(folder, RENAMED[file] ?? file)
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, rename(await readFile(join(source, file), 'utf8')))
    }
  }
}

/** The templates are a package that works, of a vendor named Acme; in the copy he gets another name. One pass, so that no new name is renamed again. */
function createRenamer (name: string): (text: string) => string {
  const providerName = providerNameOf(name)
  const names: Readonly<Record<string, string>> = { 'acme-proctoring': name, 'Acme Proctoring': titleOf(providerName), acme: providerName }
  return text => text.replaceAll(/acme-proctoring|Acme Proctoring|\bacme\b/g, found => names[found] ?? found)
}

async function listFiles (folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => relative(folder, join(entry.parentPath, entry.name)))
}

function explain (folder: string, error: unknown): string[] {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return []
  if (code === 'ENOTDIR') throw new Impossible(`${folder} is a file: expected a new folder. Choose another name.`)
  throw error
}
