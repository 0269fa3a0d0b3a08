import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { readFolder } from '../../interstitials/files.ts'
import { loadCatalog } from '../../interstitials/texts.ts'
import { findNearest } from '../../provider/nearest.ts'
import { openLoadedBench } from '../bench/bench.ts'
import { defineGroup, NotApplicable, NotChecked, problem, type Verdict } from '../check.ts'
import { CORE_LOCALES } from '../pages/own-pages.ts'

interface Locales {
  readonly folder: string
  readonly files: readonly string[]
  /** Sources of the provider's own templates: they may use keys of their own. */
  readonly templates: readonly string[]
}

export default defineGroup<Locales | null>({
  id: 'locales',
  title: 'texts',
  about: 'Reads the provider\'s text files and compares their keys with those of the core and of the provider\'s templates.',
  async open (target) {
    const bench = await openLoadedBench(target)
    await bench.close()
    const { localesDir, templatesDir } = bench.provider
    if (localesDir === null) return { subject: null }
    const entries = await readdir(localesDir, { recursive: true, withFileTypes: true })
    const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name).slice(localesDir.length + 1))
    return { subject: { folder: localesDir, files, templates: templatesDir === null ? [] : [...readFolder(templatesDir, '.liquid').values()] } }
  },
  checks: [
    {
      id: 'files',
      title: 'text files are named <language>.yaml and hold keys and texts',
      run: locales => withLocales(locales, async ({ folder, files }) => (await Promise.all(files.map(async file => {
        if (!/^(?:[\w-]+\.)?[a-z]{2,3}(?:-[a-z0-9]{2,8})*\.yaml$/i.test(file)) return [problem('<language>.yaml or <section>.<language>.yaml', `"${file}"`, 'Rename it; the host reads no other files.')]
        const fault = readTexts(await readFile(join(folder, file), 'utf8'))
        return fault === null ? [] : [problem(`"${file}" to hold a map of keys to texts`, fault, 'Mend the file: the host does not start with it.')]
      }))).flat()),
    },
    {
      id: 'keys',
      title: 'every text is for a key that somebody uses',
      run: locales => withLocales(locales, ({ folder, templates }) => {
        const core = keysOf(CORE_LOCALES)
        return [...keysOf(folder)].filter(key => !core.has(key) && !templates.some(source => source.includes(`'${key}'`) || source.includes(`"${key}"`))).map(key => {
          const nearest = findNearest(key, [...core])
          return problem('keys of the core (locales/en.yaml) or of the own templates', `"${key}"`, nearest ? `Did you mean "${nearest}"?` : 'Remove it: nothing ever shows it.')
        })
      }),
    },
  ],
})

const withLocales = (locales: Locales | null, look: (locales: Locales) => Verdict | Promise<Verdict>): Verdict | Promise<Verdict> =>
  locales === null ? new NotApplicable('the provider has no texts of its own') : look(locales)

function readTexts (source: string): string | null {
  try {
    const texts: unknown = parse(source)
    return typeof texts === 'object' && texts !== null && !Array.isArray(texts) ? null : 'something else'
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)
  }
}

function keysOf (folder: string): Set<string> {
  try {
    return new Set([...loadCatalog([folder]).values()].flatMap(texts => [...texts.keys()]))
  } catch (cause) {
    throw new NotChecked('the texts cannot be read; see locales.files', { cause })
  }
}
