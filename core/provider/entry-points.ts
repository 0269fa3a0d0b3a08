import { readFile, realpath } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Type, type Static } from 'typebox'
import { Check, Default } from 'typebox/value'
import type { ProviderEntry } from '../config/schema.ts'
import { explainMismatch } from './describe.ts'
import { stop } from './faults.ts'
import { findInside } from './find-inside.ts'

/** Where a provider comes from. */
export interface EntryPoint {
  readonly package: { readonly name: string, readonly version: string, readonly entryPoint: string }
  /** Real folder of the package; nothing of the provider may lie outside it. */
  readonly root: string
  /** Real path of the entry file. */
  readonly file: string
  readonly url: string
}

const ManifestSchema = Type.Object({
  version: Type.String({ default: '0.0.0' }),
  invigil: Type.Object({ providers: Type.Record(Type.String(), Type.String({ minLength: 1 })) }),
})
type Manifest = Static<typeof ManifestSchema>

// no `../x`, no absolute path, no URL: only what npm could have installed
const PACKAGE_NAME = /^(?:@[a-z0-9-][a-z0-9._-]*\/)?[a-z0-9-][a-z0-9._-]*$/i

const EXAMPLE = '"invigil": { "providers": { "<name>": "./provider.js" } }'

/** Finds the entry file of a configured provider. Runs no code of the package. */
export async function findEntryPoint (provider: string, entry: ProviderEntry, hostRoot: string): Promise<EntryPoint> {
  const name = checkPackageName(provider, entry.package)
  const { root, manifestText } = await findPackage(name, hostRoot)
  const manifest = parseManifest(manifestText)
  const entryPoint = chooseEntry(provider, entry.entry, manifest.invigil.providers)
  const target = manifest.invigil.providers[entryPoint] ?? ''
  const file = await findInside(root, root, target, `entry point '${entryPoint}'`, 'file')
  return { package: { name, version: manifest.version, entryPoint }, root, file, url: pathToFileURL(file).href }
}

function checkPackageName (provider: string, name: string | undefined): string {
  if (name === undefined) {
    stop({
      code: 'INV_PROVIDER_NO_PACKAGE',
      expected: "the key 'package'",
      found: 'nothing',
      hint: `Name the npm package under providers.enabled.${provider}.package, or set 'retired: true' to only keep its records readable.`,
    })
  }
  if (!PACKAGE_NAME.test(name)) {
    stop({
      code: 'INV_PROVIDER_PACKAGE_NAME',
      expected: "'package' to be the name of an npm package",
      found: `'${name}'`,
      hint: 'Paths and addresses are not loaded: install the folder or tarball with npm and give the name from its package.json.',
    })
  }
  return name
}

/** Looks where Node would look, but reads package.json itself: `exports` may hide it from `require.resolve`. */
async function findPackage (name: string, hostRoot: string): Promise<{ root: string, manifestText: string }> {
  const host = await realpath(hostRoot)
  const bases = createRequire(join(host, 'package.json')).resolve.paths(`${name}/package.json`) ?? []
  for (const base of bases) {
    const manifestText = await readFile(join(base, name, 'package.json'), 'utf8').catch(() => null)
    if (manifestText !== null) return { root: await realpath(join(base, name)), manifestText }
  }
  return stop({
    code: 'INV_PROVIDER_NOT_INSTALLED',
    expected: `the package '${name}' to be installed`,
    found: `none in ${join(host, 'node_modules')} or above`,
    hint: `Run 'npm install ${name}' in ${host}.`,
  })
}

function parseManifest (text: string): Manifest {
  const manifest: unknown = Default(ManifestSchema, parseJson(text))
  if (Check(ManifestSchema, manifest)) return manifest
  return stop({
    code: 'INV_PROVIDER_MANIFEST',
    expected: `its package.json to declare ${EXAMPLE}`,
    found: describeManifest(manifest),
    hint: 'Add the key if the package is yours; otherwise it is not a provider package: check the name.',
  })
}

function describeManifest (manifest: unknown): string {
  const mismatch = explainMismatch(ManifestSchema, manifest)
  if (mismatch?.where) return `${mismatch.found} at '${mismatch.where}'`
  return typeof manifest === 'object' ? "no key 'invigil' in it" : 'a file that is not JSON'
}

function parseJson (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The named entry, else the one named like the provider, else the only one. */
function chooseEntry (provider: string, wanted: string | undefined, declared: Manifest['invigil']['providers']): string {
  const names = Object.keys(declared)
  const only = names.length === 1 ? names[0] : undefined
  const chosen = wanted ?? (Object.hasOwn(declared, provider) ? provider : only)
  if (chosen !== undefined && Object.hasOwn(declared, chosen)) return chosen
  return stop({
    code: 'INV_PROVIDER_ENTRY_UNKNOWN',
    expected: `the package to have an entry point '${wanted ?? provider}'`,
    found: names.length === 0 ? 'none' : names.map(name => `'${name}'`).join(', '),
    hint: `Set providers.enabled.${provider}.entry to one of those found.`,
  })
}
