import { stat } from 'node:fs/promises'
import { join, posix, relative, resolve, sep } from 'node:path'
import { describePackage } from '../../package.ts'
import { findNearest } from '../../provider/nearest.ts'
import { defineGroup, NotApplicable, problem, type Problem, type Verdict } from '../check.ts'
import { listPublishedFiles } from '../target/published-files.ts'
import { entryPoints, section } from '../target/read-package.ts'
import type { Manifest, Target } from '../target/target.ts'

interface Subject extends Pick<Target, 'folder' | 'conformanceFile'> {
  manifest: Manifest
  isReadable: boolean
  /** Asked once, by the first check that needs it. */
  published (): Promise<ReadonlySet<string>>
}

const KEYS = ['providers', 'conformance']

export default defineGroup<Subject>({
  id: 'manifest',
  title: 'package.json and what is published',
  about: 'Reads package.json and asks npm what it would publish. No code of the package is run.',
  ofPackage: true,
  async open ({ folder, manifest, conformanceFile }) {
    let asked: Promise<ReadonlySet<string>> | undefined
    return { subject: { folder, conformanceFile, manifest: manifest ?? {}, isReadable: manifest !== null, published: () => (asked ??= listPublishedFiles(folder)) } }
  },
  checks: [
    {
      id: 'readable',
      title: 'package.json has a name and a version',
      run: ({ manifest, isReadable }) => isReadable && typeof manifest.name === 'string' && typeof manifest.version === 'string'
        ? undefined
        : problem('package.json to be JSON with a "name" and a "version"', isReadable ? `name ${show(manifest.name)}, version ${show(manifest.version)}` : 'no JSON object', 'Write both; npm cannot install the package without them.'),
    },
    {
      id: 'providers',
      title: 'package.json declares its entry points under "invigil"',
      run: ({ manifest }) => {
        const declared = section(manifest, 'invigil', 'providers')
        const names = Object.entries(declared)
        if (names.length === 0) return problem('"invigil": { "providers": { "<name>": "./provider.js" } }', show(manifest.invigil), 'Name each provider the package ships and the file that makes it.')
        return names.filter(([, file]) => typeof file !== 'string').map(([name, file]) => problem(`the entry point "${name}" to be the path of a file`, show(file), 'Give the path from package.json on, e.g. "./provider.js".'))
      },
    },
    {
      id: 'unknown-keys',
      title: '"invigil" in package.json holds no unknown keys',
      run: ({ manifest }) => Object.keys(section(manifest, 'invigil')).filter(key => !KEYS.includes(key)).map(key => {
        const nearest = findNearest(key, KEYS)
        return problem(`only the keys ${KEYS.join(', ')} under "invigil"`, `"${key}"`, nearest ? `Did you mean "${nearest}"?` : 'Remove it.')
      }),
    },
    {
      id: 'peer-dependency',
      title: 'invigil is a peer dependency, and no dependency of its own',
      run: ({ manifest }) => {
        if (typeof section(manifest, 'dependencies').invigil === 'string') return problem('"invigil" under "peerDependencies" only', 'it under "dependencies"', 'Move it: a second copy of the host would be installed.')
        const range = section(manifest, 'peerDependencies').invigil
        return typeof range === 'string' ? checkRange(range) : problem('"peerDependencies": { "invigil": "^1.0.0" }', 'none', 'Add it, so that npm warns where package and host do not fit.')
      },
    },
    {
      id: 'keyword',
      title: 'the keyword "invigil-provider" is there',
      run: ({ manifest: { keywords } }) => Array.isArray(keywords) && keywords.includes('invigil-provider') ? undefined : problem('"keywords" with "invigil-provider"', show(keywords), 'Add it: operators find provider packages by it.'),
    },
    {
      id: 'licence',
      title: 'the licence is named',
      run: ({ manifest: { license } }) => typeof license === 'string' && license !== '' ? undefined : problem('"license" with an SPDX name, or "UNLICENSED"', show(license), 'Say under which terms operators may run the package.'),
    },
    {
      id: 'modules',
      title: 'the package is made of ES modules',
      run: ({ manifest }) => [...entryPoints(manifest).values()].some(file => !/\.m[jt]s$/.test(file)) && manifest.type !== 'module'
        ? problem('"type": "module", or entry points that end in .mjs', show(manifest.type), 'Add it; the host imports entry points as ES modules.')
        : undefined,
    },
    {
      id: 'entry-points',
      title: 'every entry point is a file of the package',
      run: async ({ folder, manifest }) => (await Promise.all([...entryPoints(manifest)].map(([name, file]) => checkFile(folder, `the entry point "${name}"`, file)))).flat(),
    },
    {
      id: 'javascript',
      title: 'entry points are JavaScript, as Node runs no TypeScript from node_modules',
      run: ({ folder, manifest }) => {
        if (isOfThisHouse(folder)) return new NotApplicable('the package is built together with Invigil before it is published')
        return [...entryPoints(manifest)].filter(([, file]) => /\.[cm]?tsx?$/.test(file)).map(([name, file]) => problem(`the entry point "${name}" to be JavaScript`, `"${file}"`, 'Compile it before publishing, and name the compiled file.'))
      },
    },
    {
      id: 'published',
      title: 'what npm publishes holds the entry points',
      run: async ({ manifest, published }) => {
        const files = await published()
        return [...entryPoints(manifest)].map(([name, file]) => [name, posix.normalize(file)] as const).filter(([, file]) => !files.has(file))
          .map(([name, file]) => problem(`"${file}" (entry point "${name}") among the published files`, `${files.size} other files`, 'Add it to "files" in package.json, or take it out of .npmignore.'))
      },
    },
    {
      id: 'install-scripts',
      title: 'nothing is run when the package is installed',
      run: ({ manifest }) => ['preinstall', 'install', 'postinstall'].filter(name => Object.hasOwn(section(manifest, 'scripts'), name))
        .map(name => problem('no install scripts', `"${name}": ${show(section(manifest, 'scripts')[name])}`, 'Remove it: npm does not run it unless the operator allows it, and a provider must not need it.')),
    },
    {
      id: 'conformance-file',
      title: 'the package says how it is tried (invigil.conformance)',
      run: ({ manifest, conformanceFile }): Verdict => {
        if ('path' in conformanceFile) return undefined
        if (section(manifest, 'invigil').conformance === undefined) return new NotApplicable(`${conformanceFile.missing}; the provider is tried with the options given, and without a vendor`)
        return problem('"invigil.conformance" to name a file of the package', conformanceFile.missing, 'Correct the path, or remove the key.')
      },
    },
  ],
})

const show = (value: unknown): string => value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 120)

/** Major versions only: what npm itself checks more closely at each installation. */
function checkRange (range: string): Problem | undefined {
  const major = describePackage().version.split('.')[0]
  const named = range.match(/\d+(?=[.\s|<>=~^-]|$)(?:\.\d+)*/g)?.map(version => version.split('.')[0]) ?? []
  if (range === '*' || range.startsWith('workspace:') || named.includes(major) || named.length === 0) return undefined
  return problem(`a range of "invigil" that holds version ${major}`, `"${range}"`, `Widen it once the package is tried with invigil ${major}.`)
}

async function checkFile (folder: string, what: string, file: string): Promise<Problem[]> {
  const path = resolve(folder, file)
  if (path !== folder && !path.startsWith(folder + sep)) return [problem(`${what} inside the package`, `"${file}"`, 'Give a path from package.json on that stays in the folder.')]
  const facts = await stat(path).catch(() => null)
  return facts?.isFile() ? [] : [problem(`${what} to be a file`, `"${file}", ${facts ? 'a folder' : 'which does not exist'}`, 'Correct the path.')]
}

function isOfThisHouse (folder: string): boolean {
  const { root } = describePackage()
  const path = relative(root, folder)
  return !path.startsWith('..') && !folder.includes(`${sep}node_modules${sep}`) && folder !== join(root, 'node_modules')
}
