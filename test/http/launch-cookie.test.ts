import t from 'tap'
import { buildConfig } from '../../core/config/load.ts'
import type { Config } from '../../core/config/schema.ts'
import { createLaunchCookie } from '../../core/http/launch-cookie.ts'

const CODE = 'D5A1B3F0-0000-4000-8000-000000000001'
const AT = new Date('2030-01-01T00:00:00Z')

function configure (obfuscationKey: string | null, jwtSecret: string | null): Pick<Config, 'settings' | 'auth'> {
  const { config, faults } = buildConfig({ settings: { user_obfuscation_key: obfuscationKey }, auth: { jwt: { secret: jwtSecret } } }, {})
  if (!config) throw new Error(JSON.stringify(faults))
  return config
}
const cookieFor = (obfuscationKey: string | null, jwtSecret: string | null = null) => createLaunchCookie(configure(obfuscationKey, jwtSecret))

t.test('a value written here is read here, by every instance with the same secret', async t => {
  const value = cookieFor('a secret').write(CODE, AT)
  t.match(value, /^D5A1B3F0-0000-4000-8000-000000000001:248kOu:[\w-]{43}$/)
  t.equal(cookieFor('a secret').read(value), CODE)
  t.equal(cookieFor('a secret', 'another of the platform').read(value), CODE, 'the platform\'s own secret may change')
})

t.test('what was not written here is worth nothing', async t => {
  const cookie = cookieFor('a secret')
  const value = cookie.write(CODE, AT)
  const [code = '', time = '', signature = ''] = value.split(':')
  const forged = [
    undefined, '', CODE, `${code}:${time}`, `${code}:${time}:`, `OTHER:${time}:${signature}`, `${code}:248kOv:${signature}`, `${code}::${signature}`,
    `${code}:${time}:${signature.slice(1)}`, `${code}:${time}:${'A'.repeat(43)}`, `${value}:x`, ` ${value}`, `${value}\n`, `:${time}:${signature}`,
  ]
  for (const text of forged) t.equal(cookie.read(text), null, JSON.stringify(text))
  t.equal(cookieFor('another secret').read(value), null)
})

t.test('without an obfuscation key the platform\'s secret serves, and without any one of this process', async t => {
  const value = cookieFor(null, 'of the platform').write(CODE, AT)
  t.equal(cookieFor(null, 'of the platform').read(value), CODE)
  const own = cookieFor(null)
  t.equal(own.read(own.write(CODE, AT)), CODE)
  t.equal(cookieFor(null).read(own.write(CODE, AT)), null, 'another process does not know it')
})
