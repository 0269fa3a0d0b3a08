import type { ConfigFault } from './faults.ts'
import { isTree, join } from './parts.ts'
import type { Config } from './schema.ts'

/** Every key that ships in config/default.yaml begins with this, so that production can refuse it wherever it was copied to. */
export const DEMO_KEY_PREFIX = 'demo-only-'

interface ProductionRule extends ConfigFault { broken (config: Config): boolean }

/** What may not run in production: one row per rule. */
const RULES: readonly ProductionRule[] = [
  { key: 'demo.enabled', expected: 'false in production', found: 'true', fix: 'Set demo.enabled to false.', broken: ({ demo }) => demo.enabled },
  { key: 'demo.clock', expected: 'false in production', found: 'true', fix: 'Set demo.clock to false.', broken: ({ demo }) => demo.clock },
  {
    key: 'database.url',
    expected: 'a PostgreSQL server of your own in production',
    found: 'null (the embedded server)',
    fix: 'Set DATABASE_URL, e.g. postgres://user:password@host:5432/invigil.',
    broken: ({ database }) => database.url === null,
  },
  {
    key: 'email.smtp_url',
    expected: 'a mail server in production',
    found: 'null (e-mails would never leave)',
    fix: 'Set email.smtp_url, e.g. smtps://user:password@mail.example.org.',
    broken: ({ email }) => email.smtp_url === null,
  },
  {
    key: 'settings.user_obfuscation_key',
    expected: 'a secret of your own in production',
    found: 'null (vendors could work out who a learner is)',
    fix: 'Set a long random text and never change it: learner ids at vendors derive from it.',
    broken: ({ settings }) => settings.user_obfuscation_key === null,
  },
  {
    key: 'auth.jwt',
    expected: 'secret or jwks_url in production',
    found: 'neither (nobody could sign in)',
    fix: 'Set auth.jwt.jwks_url to the key set of your platform, or auth.jwt.secret to the shared secret.',
    broken: ({ auth }) => auth.jwt.secret === null && auth.jwt.jwks_url === null,
  },
]

export function checkProduction (config: Config): ConfigFault[] {
  const broken = RULES.filter(rule => rule.broken(config)).map(({ broken: _, ...fault }) => fault)
  return [...broken, ...findDemoKeys(config, '')]
}

function findDemoKeys (value: unknown, path: string): ConfigFault[] {
  if (typeof value === 'string' && value.startsWith(DEMO_KEY_PREFIX)) return [demoKey(path)]
  if (Array.isArray(value)) return value.flatMap((item, index) => findDemoKeys(item, `${path}[${index}]`))
  return isTree(value) ? Object.entries(value).flatMap(([key, child]) => findDemoKeys(child, join(path, key))) : []
}

const demoKey = (key: string): ConfigFault => ({
  key,
  expected: 'a secret of your own in production',
  found: 'the public key of the demo',
  fix: 'Make a new random secret, e.g. with: openssl rand -hex 32.',
})
