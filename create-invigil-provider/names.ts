import { isBuiltin } from 'node:module'

const LONGEST = 214
const PART = /^[a-z0-9-][a-z0-9._-]*$/
const TAKEN = ['node_modules', 'favicon.ico', 'invigil']

/** Why npm, or the core, would not take this as the name of a package; null = it would. */
export function explainName (name: string): string | null {
  const reason = findFault(name)
  return reason === null ? null : `"${name}" cannot be the name of a package: ${reason}.`
}

function findFault (name: string): string | null {
  const parts = name.startsWith('@') ? name.slice(1).split('/') : [name]
  if (name === '') return 'it is empty'
  if (name.length > LONGEST) return `it has ${name.length} characters, and npm takes ${LONGEST}`
  if (name !== name.toLowerCase()) return `npm takes lower-case letters only, so try "${name.toLowerCase()}"`
  if (/\s/.test(name)) return 'there is a space in it'
  if (name.startsWith('@') && parts.length !== 2) return 'a name with a scope looks like "@acme/proctoring"'
  if (parts.some(part => /^[._]/.test(part))) return 'no part of it may begin with a dot or an underscore'
  if (parts.length === 1 && name.includes('/')) return 'only a name with a scope has a slash, as in "@acme/proctoring"; a folder cannot be named here'
  if (!parts.every(part => PART.test(part))) return 'only a to z, 0 to 9, "-", "_" and "." may be in it'
  if (TAKEN.includes(name) || isBuiltin(name)) return 'that name is taken'
  return null
}

/** Where the package goes: its name without the scope. */
export const folderOf = (name: string): string => name.replace(/^@[^/]+\//, '')

/** The name operators will write in their configuration, taken from the package's: `@acme/invigil-provider` and `acme-proctoring` are both `acme`. */
export function providerNameOf (name: string): string {
  const [, scope = '', own = ''] = /^(?:@([^/]+)\/)?(.*)$/.exec(name) ?? []
  const short = own.split(/[^a-z0-9]+/).filter(word => !['invigil', 'provider', 'proctoring', ''].includes(word)).join('-')
  return short || scope.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'acme'
}

export function titleOf (providerName: string): string {
  return `${providerName.split('-').map(word => word.charAt(0).toUpperCase() + word.slice(1)).join(' ')} Proctoring`
}
