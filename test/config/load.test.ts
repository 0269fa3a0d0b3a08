import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { ConfigFaults } from '../../core/config/faults.ts'
import { loadConfig } from '../../core/config/load.ts'
import type { Environment } from '../../core/config/variables.ts'

const SECRET = 'swordfish-swordfish-swordfish'

/** Writes the text to a file and loads it; `%{VAR}` stands for `$` + `{VAR}`, which the linter takes for a forgotten template. */
async function load (t: Test, text: string, env: Environment = {}) {
  const cwd = t.testdir()
  await writeFile(join(cwd, 'invigil.yaml'), text.replaceAll('%{', '${'))
  return loadConfig({ env, cwd, file: 'invigil.yaml' })
}

async function faultsOf (t: Test, text: string, env: Environment = {}): Promise<ConfigFaults> {
  try {
    await load(t, text, env)
  } catch (error) {
    if (error instanceof ConfigFaults) return error
    throw error
  }
  throw new Error('expected faults, found a configuration')
}

t.test('an empty file is a complete configuration of defaults', async t => {
  const config = await load(t, '')
  t.equal(config.server.port, 8000)
  t.equal(config.database.url, null)
  t.equal(config.demo.enabled, false, 'the demo is asked for, never a default')
})

t.test('the configuration is frozen to its depth', async t => {
  const config = await load(t, 'providers: { enabled: { acme: { package: acme, options: { list: [{ deep: 1 }] } } } }')
  t.throws(() => { Object.assign(config.server, { port: 1 }) }, TypeError)
  t.throws(() => { config.server.cors_origins.push('x') }, TypeError)
  const list = config.providers.enabled.acme?.options.list
  t.ok(Array.isArray(list) && Object.isFrozen(list[0]))
})

t.test('INVIGIL_CONFIG names the file, relative to the working folder', async t => {
  const cwd = t.testdir({ 'other.yaml': 'server: { port: 4321 }' })
  const config = await loadConfig({ env: { INVIGIL_CONFIG: 'other.yaml' }, cwd })
  t.equal(config.server.port, 4321)
})

t.test('without a name config/default.yaml is read', async t => {
  const cwd = t.testdir({ config: { 'default.yaml': 'server: { port: 4322 }' } })
  t.equal((await loadConfig({ env: {}, cwd })).server.port, 4322)
})

t.test('a file that is not there is one fault that names the way out', async t => {
  await t.rejects(loadConfig({ env: {}, cwd: t.testdir(), file: 'none.yaml' }), { code: 'INV_CONFIG_FAULTS', message: /none\.yaml.*no such file.*INVIGIL_CONFIG/s })
})

t.test('a folder in place of the file is a fault, not a crash', async t => {
  await t.rejects(loadConfig({ env: {}, cwd: t.testdir({ folder: {} }), file: 'folder' }), { message: /EISDIR/ })
})

t.test('HOST, PORT and DATABASE_URL override their keys', async t => {
  const config = await load(t, 'server: { host: a, port: 1 }', { HOST: '0.0.0.0', PORT: '9000', DATABASE_URL: 'postgres://db/x' })
  t.match(config.server, { host: '0.0.0.0', port: 9000 })
  t.equal(config.database.url, 'postgres://db/x')
})

t.test('an empty override counts as not set', async t => {
  t.equal((await load(t, 'server: { port: 7 }', { PORT: '' })).server.port, 7)
})

t.test('variables are filled in and take the type that the key asks for', async t => {
  const config = await load(t, [
    'server:',
    '  port: %{A_PORT}',
    '  public_url: https://%{A_HOST:-exams.example.org}:%{A_PORT}',
    '  cors_origins: %{ORIGINS:-}',
    '  trusted_proxies: %{PROXIES:-10.0.0.0/8, 192.168.0.0/16}',
    'settings: { low_threshold_pct: "%{LOW:-0.5}", viewable_past_due: "%{PAST:-true}" }',
    'email: { smtp_url: "%{SMTP:-}" }',
    'auth: { jwt: { secret: "%{DIGITS}" } }',
    'providers: { enabled: { acme: { package: acme, options: { retries: "%{RETRIES:-3}" } } } }',
  ].join('\n'), { A_PORT: '8123', DIGITS: '1234567890', ORIGINS: '' })
  t.match(config.server, { port: 8123, public_url: 'https://exams.example.org:8123', cors_origins: [], trusted_proxies: ['10.0.0.0/8', '192.168.0.0/16'] })
  t.match(config.settings, { low_threshold_pct: 0.5, viewable_past_due: true })
  t.equal(config.email.smtp_url, null, 'an empty text where null is allowed is null')
  t.equal(config.auth.jwt.secret, '1234567890', 'text stays text where text is asked for')
  t.equal(config.providers.enabled.acme?.options.retries, '3', 'an option has no type here')
})

t.test('a value of the environment is never filled in again', async t => {
  const config = await load(t, 'lms: { platform_name: "%{NAME}", site_name: "a $%{literal}" }', { NAME: ['$', '{HOME}'].join(''), HOME: '/root' })
  t.equal(config.lms.platform_name, ['$', '{HOME}'].join(''))
  t.equal(config.lms.site_name, ['a $', '{literal}'].join(''))
})

t.test('a text in the file is not turned into a number', async t => {
  t.match(await faultsOf(t, 'server: { port: "8000" }'), { faults: [{ key: 'server.port', found: '"8000"' }] })
})

t.test('a variable that is not set is named once', async t => {
  const { faults } = await faultsOf(t, 'server: { port: "%{A_PORT}" }')
  t.match(faults, [{ key: 'server.port', expected: /A_PORT/, found: /not set/ }])
  t.equal(faults.length, 1)
})

t.test('a reference that is none is a fault', async t => {
  t.match(await faultsOf(t, 'lms: { platform_name: "%{not a name}" }'), { faults: [{ key: 'lms.platform_name', found: /variable name/ }] })
})

t.test('an unknown key is a fault that names the nearest known one', async t => {
  const { faults } = await faultsOf(t, 'server: { prot: 1 }\njwks_url: x\nzzz: 1\nauth: { jwt: { sekret: ' + SECRET + ' } }')
  t.match(faults.find(fault => fault.key === 'server.prot'), { fix: /Did you mean server\.port\?/ })
  t.match(faults.find(fault => fault.key === 'jwks_url'), { fix: /Did you mean auth\.jwt\.jwks_url\?/ })
  t.match(faults.find(fault => fault.key === 'zzz'), { fix: 'Remove the key.', expected: /server, database/ })
  t.match(faults.find(fault => fault.key === 'auth.jwt.sekret'), { fix: /auth\.jwt\.secret/ })
})

t.test('all faults of all kinds are listed at once', async t => {
  const error = await faultsOf(t, [
    'server: { port: -1, cors_origins: ["https://a.example/"], public_url: exams, log_level: loud }',
    'lms: { adapter: http }',
    'auth: { jwt: { algorithms: [none] } }',
    'webhooks: [{ secret: "x" }]',
    'providers: { enabled: { "Bad Name": {}, acme: { package: 5 } } }',
    'settings: 5',
  ].join('\n'), { NODE_ENV: 'production' })
  const keys = error.faults.map(fault => fault.key)
  for (const key of ['server.port', 'server.log_level', 'webhooks[0].url', 'providers.enabled', 'providers.enabled.acme.package', 'settings']) {
    t.ok(keys.includes(key), key)
    t.match(error.message, key)
  }
  t.match(error.message, /has \d+ faults/)
})

t.test('rules between keys are checked beside faults of shape', async t => {
  const { faults } = await faultsOf(t, [
    'server: { port: x, cors_origins: ["https://a.example/", "ftp://b"], public_url: exams }',
    'lms: { adapter: http }',
    'auth: { jwt: { algorithms: [none] } }',
  ].join('\n'))
  t.strictSame(faults.map(fault => fault.key), [
    'server.port', 'server.public_url', 'server.cors_origins[0]', 'server.cors_origins[1]', 'auth.jwt.algorithms[0]', 'lms.services_url',
  ])
  t.match(faults[2], { fix: 'Write https://a.example.' })
})

t.test('a fault inside a list or a provider does not hide what is wrong between other keys', async t => {
  const { faults } = await faultsOf(t, 'webhooks: [{ url: nope, secret: x }]\nproviders: { enabled: { acme: { package: a, callback: { client_id: "" } } } }\nlms: { adapter: http }')
  t.same(faults.map(({ key }) => key).sort(), ['lms.services_url', 'providers.enabled.acme.callback.client_id', 'providers.enabled.acme.callback.client_secret', 'webhooks[0].url'])
})

t.test('two vendors may not share their credentials', async t => {
  const callback = `callback: { client_id: a, client_secret: ${SECRET} }`
  const error = await faultsOf(t, `providers: { enabled: { one: { package: p, ${callback} }, two: { package: p, ${callback} } } }`)
  t.strictSame(error.faults.map(fault => fault.key), ['providers.enabled.two.callback.client_id', 'providers.enabled.two.callback.client_secret'])
  t.notMatch(error.message, SECRET)
})

t.test('an allow-list that could never fit is a fault that names its key', async t => {
  const { faults } = await faultsOf(t, [
    'providers:', '  enabled:',
    '    a: { package: x, courses: ["course-v1:Acme+Bio1+2030", "Acme/*", "*", "course-v1:Acme+Bio1"], organizations: [Acme, "Acme*"] }',
    '    b: { package: x, courses: [], organizations: [] }',
    '    c: { package: x, courses: Acme, organizations: [Acme, 7] }',
  ].join('\n'))
  t.strictSame(faults.map(fault => fault.key), [
    'providers.enabled.c.courses', 'providers.enabled.c.organizations[1]',
    'providers.enabled.a.courses[2]', 'providers.enabled.a.courses[3]', 'providers.enabled.a.organizations[1]', 'providers.enabled.b.courses', 'providers.enabled.b.organizations',
  ])
  t.match(faults[3], { expected: /course-v1:Org\+Course\+Run/, found: '"course-v1:Acme+Bio1"', fix: /\*/ })
  t.match(faults[5], { found: /would allow nobody/, fix: /retired: true/ })
})

t.test('an allow-list whose every entry has the wrong shape is blamed entry by entry, and not for being empty', async t => {
  const { faults } = await faultsOf(t, 'providers: { enabled: { a: { package: x, courses: [7, { b: c }], organizations: [8] } } }')
  t.strictSame(faults.map(fault => fault.key), ['providers.enabled.a.courses[0]', 'providers.enabled.a.courses[1]', 'providers.enabled.a.organizations[0]'])
})

t.test('an allow-list may come from the environment', async t => {
  const config = await load(t, 'providers: { enabled: { a: { package: x, courses: "%{COURSES}" } } }', { COURSES: 'Acme/*, course-v1:Acme+Bio1+2030' })
  t.strictSame(config.providers.enabled.a?.courses, ['Acme/*', 'course-v1:Acme+Bio1+2030'])
})

t.test('a secret never stands in a message, wherever it was written', async t => {
  const texts = [
    `auth: { jwt: { secret: [${SECRET}] } }`,
    `auth: { jwt: ${SECRET} }`,
    `auth: ${SECRET}`,
    `webhooks: ${SECRET}`,
    `database: { url: { password: ${SECRET} } }`,
    'providers: { enabled: { acme: { callback: { client_id: a, client_secret: swordfish } } } }',
    `auth: { jwt: { secret: ${SECRET} }`,
    `auth:\n  jwt:\n    secret: "${SECRET}\n`,
    `auth:\n\tsecret: ${SECRET}`,
    `auth: { secret: ${SECRET}, secret: ${SECRET} }`,
    `- ${SECRET}`,
    SECRET,
  ]
  for (const text of texts) t.notMatch((await faultsOf(t, text)).message, /swordfish/, text)
  const fromEnv = await faultsOf(t, 'database: { url: "%{DB}" }\nserver: 1', { DB: SECRET, DATABASE_URL: '' })
  t.notMatch(fromEnv.message, /swordfish/)
})

t.test('broken YAML is answered with the place and the kind of fault', async t => {
  const cases: [string, string, RegExp][] = [
    ['server:\n\tport: 1', 'line 2', /tab/],
    ['a: 1\na: 2', 'line 2', /given before/],
    ['server: { port: 1', 'line 1', /bracket/],
    ['server: "open', 'line 1', /quote/],
  ]
  for (const [text, place, kind] of cases) {
    const { faults } = await faultsOf(t, text)
    t.match(faults[0], { key: new RegExp(place), expected: 'YAML', found: kind }, JSON.stringify(text))
  }
})

t.test('a provider may be called null without quotes', async t => {
  const config = await load(t, 'providers: { enabled: { null: { package: "@invigil/null" } } }')
  t.match(config.providers.enabled.null, { package: '@invigil/null', options: {}, on_boot_failure: 'abort', retired: false })
})

t.test('a section whose lines are all commented out has its defaults', async t => {
  const config = await load(t, 'server:\nwebhooks:\nlms:\n  link_urls:\n')
  t.equal(config.server.port, 8000)
  t.strictSame(config.webhooks, [])
})

t.test('a provider without any line below it is a fault, not a provider that vanished', async t => {
  t.match(await faultsOf(t, 'providers: { enabled: { acme: } }'), { faults: [{ key: 'providers.enabled.acme', found: 'null' }] })
})

t.test('a name that would reach into object prototypes is refused', async t => {
  const { faults } = await faultsOf(t, 'providers: { enabled: { __proto__: { package: x } } }')
  t.match(faults, [{ key: 'providers.enabled', found: '"__proto__"' }])
})

t.test('production', async t => {
  const SOUND = [
    'database: { url: postgres://db/x }', 'email: { smtp_url: smtp://mail }', 'settings: { user_obfuscation_key: abc }', 'auth: { jwt: { secret: abc } }',
  ]
  const production = (t: Test, lines: string[]) => faultsOf(t, lines.join('\n'), { NODE_ENV: 'production' })

  t.test('accepts a sound configuration', async t => {
    t.ok(await load(t, SOUND.join('\n'), { NODE_ENV: 'production' }))
  })

  const cases: [string, number, string][] = [
    ['database.url', 0, 'database: { url: null }'],
    ['email.smtp_url', 1, 'email: { smtp_url: null }'],
    ['settings.user_obfuscation_key', 2, 'settings: { user_obfuscation_key: null }'],
    ['settings.user_obfuscation_key', 2, 'settings: { user_obfuscation_key: demo-only-x }'],
    ['auth.jwt', 3, 'auth: { jwt: { secret: null } }'],
    ['auth.jwt.secret', 3, 'auth: { jwt: { secret: demo-only-jwt-secret-0123456789abcdef } }'],
  ]
  for (const [key, at, line] of cases) {
    t.test(`refuses ${line}`, async t => {
      t.strictSame((await production(t, SOUND.with(at, line))).faults.map(fault => fault.key), [key])
    })
  }

  for (const key of ['demo.enabled', 'demo.clock']) {
    t.test(`refuses ${key}`, async t => {
      t.strictSame((await production(t, [...SOUND, `demo: { ${key.slice(5)}: true }`])).faults.map(fault => fault.key), [key])
    })
  }

  t.test('refuses a demo key in an option or a callback, without showing it', async t => {
    const error = await production(t, [...SOUND, 'providers: { enabled: { a: { options: { list: [demo-only-a] }, callback: { client_id: a, client_secret: demo-only-0123456789 } } } }'])
    t.strictSame(error.faults.map(fault => fault.key), ['providers.enabled.a.options.list[0]', 'providers.enabled.a.callback.client_secret'])
    t.notMatch(error.message, '0123456789')
  })

  t.test('takes a key set in place of a shared secret', async t => {
    t.ok(await load(t, SOUND.with(3, 'auth: { jwt: { jwks_url: https://lms.example/jwks } }').join('\n'), { NODE_ENV: 'production' }))
  })
})
