import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { Default } from 'typebox/value'
import { buildConfig, loadConfig } from '../../core/config/load.ts'
import { isTree, listKeys } from '../../core/config/parts.ts'
import { parseConfig } from '../../core/config/read-file.ts'
import { ConfigSchema } from '../../core/config/schema.ts'

const root = join(import.meta.dirname, '../..')
const text = await readFile(join(root, 'config/default.yaml'), 'utf8')
// `#key: value` and `#- key: value` are keys that may be given; prose begins with "# "
const everything = text.replaceAll(/^(\s*)#(?=-? ?[a-z_]+:)/gm, '$1').replaceAll(/^(\s*)# {2}(?=[a-z_]+:)/gm, '$1  ')

/** Every key path of a tree, operators' names and list places made anonymous in the way of listKeys. */
function pathsOf (value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap(item => pathsOf(item, `${path}[]`))
  if (!isTree(value)) return []
  return Object.entries(value).flatMap(([key, child]) => {
    const inner = path === 'providers.enabled' ? `${path}.<name>` : path === '' ? key : `${path}.${key}`
    return [inner, ...pathsOf(child, inner)]
  })
}

t.test('default.yaml loads as it is and switches the demo on', async t => {
  const config = await loadConfig({ env: {}, cwd: root })
  t.strictSame(config.demo, { enabled: true, clock: true })
  t.strictSame(Object.keys(config.providers.enabled), ['demo-vendor', 'mock', 'null'])
  t.equal(config.providers.default, 'demo-vendor')
})

t.test('default.yaml names every key of the schema', async t => {
  const documented = new Set(pathsOf(parseConfig(everything).tree))
  t.strictSame(listKeys(ConfigSchema).filter(key => !documented.has(key)), [])
  t.ok(listKeys(ConfigSchema).includes('providers.enabled.<name>.callback.client_secret'))
  t.ok(listKeys(ConfigSchema).includes('webhooks[].url'))
})

t.test('the examples in its comments are valid as well', async t => {
  const { faults } = buildConfig(parseConfig(everything).tree, {})
  t.strictSame(faults, [])
})

t.test('what it says differs from the defaults only where the demo needs it', async t => {
  const { config } = buildConfig(parseConfig(text).tree, {})
  const defaults: unknown = Default(ConfigSchema, {})
  const different = (ours: unknown, theirs: unknown, path: string): string[] => isTree(ours) && isTree(theirs)
    ? Object.keys(ours).flatMap(key => different(ours[key], theirs[key], path ? `${path}.${key}` : key))
    : JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [path]
  t.strictSame(different(config, defaults, ''), [
    'server.log_level', 'auth.jwt.secret', 'providers.default', 'providers.enabled.demo-vendor', 'providers.enabled.mock', 'providers.enabled.null',
    'lms.link_urls.faq', 'lms.link_urls.online_proctoring_rules', 'lms.link_urls.contact_us', 'lms.link_urls.tech_requirements',
    'settings.user_obfuscation_key', 'demo.enabled', 'demo.clock',
  ])
})

t.test('every secret in default.yaml is refused in production', async t => {
  const { faults } = buildConfig(parseConfig(text).tree, { NODE_ENV: 'production' })
  const secrets = [...text.matchAll(/^\s*(?:client_)?(?:secret|user_obfuscation_key): (\S+)$/gm)].map(([, value]) => value)
  t.equal(secrets.length, 4)
  t.ok(secrets.every(secret => secret?.startsWith('demo-only-')))
  t.equal(faults.filter(fault => fault.found === 'the public key of the demo').length, secrets.length)
})

t.test('production.example.yaml names every variable it misses, and starts once they are set', async t => {
  const file = join(root, 'config/production.example.yaml')
  const names = [...(await readFile(file, 'utf8')).matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name]) => name ?? '')
  await t.rejects(loadConfig({ env: { NODE_ENV: 'production' }, cwd: root, file }), { message: new RegExp(names.join('.*'), 's') })
  const env = Object.fromEntries(names.map(name => [name, `https://${name.toLowerCase().replaceAll('_', '-')}.example.org`]))
  await t.rejects(loadConfig({ env: { ...env, NODE_ENV: 'production' }, cwd: root, file }), { message: /has a fault:\n {2}- auth\.jwt\n/ })
  const config = await loadConfig({ env: { ...env, NODE_ENV: 'production', JWKS_URL: 'https://lms.example.org/jwks', CORS_ORIGINS: 'https://a.example.org,https://b.example.org' }, cwd: root, file })
  t.strictSame(config.server.cors_origins, ['https://a.example.org', 'https://b.example.org'])
})
