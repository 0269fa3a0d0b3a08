import { isCoursePattern, isOrganisation } from '../provider/allow-list.ts'
import type { ConfigFault } from './faults.ts'
import type { Config } from './schema.ts'

const ALGORITHMS = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

type Rule = (config: Config) => ConfigFault[]

/** What a schema cannot say: rules between keys. Each looks at a configuration whose shape is right. */
const RULES: readonly Rule[] = [checkPublicUrl, checkOrigins, checkAlgorithms, checkLmsAddress, checkCallbacks, checkAllowLists]

export function checkRules (config: Config): ConfigFault[] {
  return RULES.flatMap(rule => rule(config))
}

function originOf (text: string): string | null {
  const url = URL.parse(text)
  return url && /^https?:$/.test(url.protocol) ? url.origin : null
}

function checkPublicUrl ({ server }: Config): ConfigFault[] {
  if (originOf(server.public_url)) return []
  return [{
    key: 'server.public_url',
    expected: 'the address learners reach this server at, with http:// or https://',
    found: JSON.stringify(server.public_url),
    fix: 'Write the whole address, e.g. https://exams.example.org.',
  }]
}

// browsers compare origins letter by letter: a slash or a path would never match
function checkOrigins ({ server }: Config): ConfigFault[] {
  return server.cors_origins.flatMap((text, index) => text === originOf(text)
    ? []
    : [{
        key: `server.cors_origins[${index}]`,
        expected: 'a bare origin: scheme, host and port, without a path or a slash at the end',
        found: JSON.stringify(text),
        fix: `Write ${originOf(text) ?? 'https://learning.example.org'}.`,
      }])
}

function checkAlgorithms ({ auth }: Config): ConfigFault[] {
  return auth.jwt.algorithms.flatMap((name, index) => ALGORITHMS.includes(name)
    ? []
    : [{ key: `auth.jwt.algorithms[${index}]`, expected: `one of ${ALGORITHMS.join(', ')}`, found: JSON.stringify(name), fix: 'Use a signing algorithm of the list.' }])
}

function checkLmsAddress ({ lms }: Config): ConfigFault[] {
  if (lms.adapter !== 'http' || lms.services_url) return []
  return [{
    key: 'lms.services_url',
    expected: 'an address, because lms.adapter is http',
    found: 'null',
    fix: 'Set lms.services_url, or set lms.adapter to none.',
  }]
}

/** A client id and a client secret each point to one provider: otherwise one vendor could speak for another. */
function checkCallbacks ({ providers }: Config): ConfigFault[] {
  const owners = new Map<string, string>()
  return Object.entries(providers.enabled).flatMap(([name, { callback }]) => (['client_id', 'client_secret'] as const).flatMap(key => {
    if (!callback) return []
    const owner = owners.get(`${key} ${callback[key]}`)
    owners.set(`${key} ${callback[key]}`, owner ?? name)
    return owner === undefined ? [] : [sharedCallback(name, key, owner)]
  }))
}

const sharedCallback = (name: string, key: string, owner: string): ConfigFault => ({
  key: `providers.enabled.${name}.callback.${key}`,
  expected: 'a value that no other provider has',
  found: `the same as providers.enabled.${owner}.callback.${key}`,
  fix: 'Give each provider credentials of its own.',
})

const ALLOW_LISTS = [
  { key: 'courses', fits: isCoursePattern, expected: 'a course key such as course-v1:Org+Course+Run, or how several begin and a * at the end', fix: 'Write the whole key, or put * after what its courses have in common, e.g. course-v1:Org+*.' },
  { key: 'organizations', fits: isOrganisation, expected: 'the first part of a course key, e.g. Org of course-v1:Org+Course+Run', fix: 'Write the bare name of the organisation; patterns belong under courses.' },
] as const

/** A pattern that could never fit would close a provider to a course without a word. */
function checkAllowLists ({ providers }: Config): ConfigFault[] {
  return Object.entries(providers.enabled).flatMap(([name, entry]) => ALLOW_LISTS.flatMap(({ key, fits, expected, fix }) => {
    const list = entry[key]
    const path = `providers.enabled.${name}.${key}`
    if (!list) return []
    if (list.length === 0) return [allowsNobody(path)]
    return list.flatMap((text, index) => fits(text) ? [] : [{ key: `${path}[${index}]`, expected, found: JSON.stringify(text), fix }])
  }))
}

const allowsNobody = (key: string): ConfigFault => ({
  key,
  expected: 'at least one entry',
  found: 'an empty list, which would allow nobody',
  fix: 'Leave the key out to allow everybody; a provider that nobody may use any more gets retired: true.',
})
