import { readFile, stat } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import { isConformance, type Conformance, type EntryConformance } from '../define-conformance.ts'
import { section, TargetError } from './read-package.ts'
import type { Manifest, Target } from './target.ts'

export interface ReadConformance { readonly definition: Conformance | null, readonly file: Target['conformanceFile'] }

/** Imports the file a package names under `invigil.conformance`. */
export async function readConformance (folder: string, manifest: Manifest | null): Promise<ReadConformance> {
  const named = section(manifest, 'invigil').conformance
  if (named === undefined) return missing('package.json has no key "conformance" under "invigil"')
  const path = typeof named === 'string' ? resolve(folder, named) : ''
  if (!path.startsWith(folder + sep)) return missing(`${JSON.stringify(named)} is not a path inside the package`)
  if (!await stat(path).then(facts => facts.isFile(), () => false)) return missing(`${JSON.stringify(named)} does not exist`)
  const exported: unknown = await import(pathToFileURL(path).href).catch(cause => {
    throw new TargetError(`The conformance file ${path} cannot be imported: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  })
  const definition: unknown = typeof exported === 'object' && exported !== null ? Reflect.get(exported, 'default') : undefined
  if (!isConformance(definition)) throw new TargetError(`The conformance file ${path}: expected its default export to be made by defineConformance from "invigil/testkit".`)
  return { definition, file: { path } }
}

const missing = (reason: string): ReadConformance => ({ definition: null, file: { missing: reason } })

/** A YAML or JSON file with the options as an operator writes them. */
export async function readOptionsFile (file: string, cwd: string): Promise<Record<string, unknown>> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch(cause => { throw new TargetError(`--options: ${file} cannot be read.`, { cause }) })
  const options: unknown = parse(text)
  if (typeof options !== 'object' || options === null || Array.isArray(options)) throw new TargetError(`--options: expected ${file} to hold option names and values.`)
  return { ...options }
}

/** What holds for one entry point. */
export function describeEntry (definition: Conformance | null, entry: string): Required<Pick<EntryConformance, 'options' | 'worker' | 'review' | 'routes'>> & Pick<EntryConformance, 'vendor'> {
  const own: EntryConformance = { ...definition, ...definition?.entries?.[entry] }
  return { options: own.options ?? {}, worker: own.worker ?? {}, routes: own.routes ?? {}, review: own.review ?? standardReview, ...(own.vendor && { vendor: own.vendor }) }
}

const standardReview = (verdict: string) => ({
  status: verdict,
  comments: [{ comment: 'Looked away from the screen.', status: verdict === 'passed' ? 'Clean' : 'Suspicious', start: 10, stop: 20, duration: 10 }],
})
