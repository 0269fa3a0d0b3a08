import { DEMO_KEY_PREFIX } from '../../config/check-production.ts'
import { isTree, join } from '../../config/parts.ts'
import type { Config } from '../../config/schema.ts'
import type { LoadedProvider } from '../../provider/registry.ts'
import { note, wrong, type Finding } from './finding.ts'

const SECRET_KEY = /secret|password|token|key$/i
const EXAMPLES = /^(?:change[-_ ]?me|change[-_ ]?it|changeit|your[-_ ]|insert[-_ ]|replace[-_ ]?me|todo|tbd|fixme|example|placeholder|dummy|secret$|password$|passw0rd|x{3,}|\.{3}|<.*>$)/i
const COUNTED = '0123456789'.repeat(10)

/** Whether a secret looks as if somebody had meant to put one there. */
export function looksLikePlaceholder (text: string): boolean {
  return EXAMPLES.test(text) || /^(.)\1*$/.test(text) || /^(?:0?123456789?0?)+$/.test(text) || (text !== '' && COUNTED.includes(text))
}

/** Secrets of the providers that are none. Their values are never shown. */
export function checkSecrets ({ providers, demo }: Config): Finding[] {
  return Object.entries(providers.enabled).flatMap(([name, { options, callback }]) => {
    const path = `providers.enabled.${name}`
    const found = [...findSecrets(options, `${path}.options`), ...findSecrets(callback ?? {}, `${path}.callback`)]
    return found.flatMap(({ key, text }) => {
      if (looksLikePlaceholder(text)) return [wrong(`provider ${name}`, `${key} looks like a placeholder`, 'Put the real secret there: the vendor tells you theirs, yours is made with: openssl rand -hex 32.')]
      if (text.startsWith(DEMO_KEY_PREFIX) && !demo.enabled) return [wrong(`provider ${name}`, `${key} is the public key of the demo`, 'Make a secret of your own: openssl rand -hex 32.')]
      return []
    })
  })
}

function findSecrets (tree: object, path: string): { key: string, text: string }[] {
  return Object.entries(tree).flatMap(([name, value]) => {
    const key = join(path, name)
    if (isTree(value)) return findSecrets(value, key)
    return typeof value === 'string' && SECRET_KEY.test(name) ? [{ key, text: value }] : []
  })
}

/** A vendor that is told when attempts start answers with reviews, and those have to be let in. */
export function checkCallback ({ name, has }: LoadedProvider, { enabled }: Config['providers']): Finding[] {
  if (enabled[name]?.callback || !(has('startAttempt') || has('stopAttempt'))) return []
  return [note(`provider ${name}`, 'has no callback credentials', `Its vendor cannot say that a learner is ready, nor send reviews. Make a pair, write it under providers.enabled.${name}.callback and give it to the vendor.`)]
}
