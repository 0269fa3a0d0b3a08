/** A package.json, as far as packing looks at it. */
export interface Manifest {
  name: string
  version: string
  files?: string[]
  exports?: Record<string, string>
  [key: string]: unknown
}

/** Of use in the repository only. */
const LEFT_OUT = new Set(['private', 'workspaces', 'scripts', 'devDependencies', 'overrides', 'allowScripts'])

/** The package.json that is published: no tools, and every script under the name it has when compiled. */
export function publishedManifest (manifest: Manifest, files: readonly string[]): Manifest {
  const kept = Object.fromEntries(Object.entries(manifest).filter(([key]) => !LEFT_OUT.has(key)))
  return { ...renameScripts({ ...kept, name: manifest.name, version: manifest.version }), files: [...files], publishConfig: { access: 'public' } }
}

function renameScripts<Value> (value: Value): Value
function renameScripts (value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/^(\.\/.*)\.ts$/, '$1.js')
  if (Array.isArray(value)) return value.map(part => renameScripts(part))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, renameScripts(part)]))
}
