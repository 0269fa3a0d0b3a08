import type { ConfigFault } from './faults.ts'
import { isTree, join, type Tree } from './parts.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** A configuration with its variables filled in. */
export interface Substituted {
  tree: unknown
  /** Key path -> names of the environment variables its text came from. */
  origins: Map<string, string>
  faults: ConfigFault[]
}

// the last alternative catches what only looks like a reference
const REFERENCE = /\$\$\{|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<fallback>[^}]*))?\}|\$\{/g

/** Replaces `${VAR}` and `${VAR:-default}` in every text of the tree; `$${` stands for a literal `${`. */
export function substituteVariables (tree: unknown, env: Environment): Substituted {
  const result: Substituted = { tree: null, origins: new Map(), faults: [] }
  result.tree = substitute(tree, '', env, result)
  return result
}

function substitute (value: unknown, path: string, env: Environment, result: Substituted): unknown {
  if (typeof value === 'string') return fillText(value, path, env, result)
  if (Array.isArray(value)) return value.map((item, index) => substitute(item, `${path}[${index}]`, env, result))
  if (!isTree(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, substitute(child, join(path, key), env, result)]))
}

function fillText (text: string, path: string, env: Environment, { origins, faults }: Substituted): string {
  const names: string[] = []
  const filled = text.replace(REFERENCE, (match: string, name?: string, fallback?: string) => {
    if (match === '$${') return '${'
    if (name === undefined) faults.push(malformed(path))
    else names.push(name)
    return name === undefined ? '' : lookUp(name, fallback, path, env, faults)
  })
  if (names.length > 0) origins.set(path, names.join(', '))
  return filled
}

function lookUp (name: string, fallback: string | undefined, path: string, env: Environment, faults: ConfigFault[]): string {
  const value = env[name]
  if (fallback !== undefined) return value || fallback
  if (value === undefined) faults.push(notSet(path, name))
  return value ?? ''
}

const notSet = (key: string, name: string): ConfigFault => ({
  key,
  expected: `the environment variable ${name}`,
  found: 'it is not set',
  fix: `Set ${name}, or give a default: \${${name}:-...}.`,
})

const malformed = (key: string): ConfigFault => ({
  key,
  expected: '$' + '{NAME} or $' + '{NAME:-default}',
  found: '"${" without a variable name and a closing brace',
  fix: 'Correct the reference; a literal "${" is written "$${".',
})

/** The variables that override a key of the file. An empty one counts as not set. */
const OVERRIDES = [
  { name: 'HOST', section: 'server', key: 'host' },
  { name: 'PORT', section: 'server', key: 'port' },
  { name: 'DATABASE_URL', section: 'database', key: 'url' },
] as const

/** Lays `HOST`, `PORT` and `DATABASE_URL` over the file. */
export function applyOverrides (tree: Tree, env: Environment, origins: Map<string, string>): Tree {
  const result: Tree = { ...tree }
  for (const { name, section, key } of OVERRIDES) {
    const value = env[name]
    if (!value) continue
    const present = result[section]
    result[section] = { ...(isTree(present) ? present : {}), [key]: value }
    origins.set(join(section, key), name)
  }
  return result
}
