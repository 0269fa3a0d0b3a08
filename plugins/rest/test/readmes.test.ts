import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import { buildConfig } from '../../../core/config/load.ts'
import { load } from '../../../test/provider/host.ts'

const ROOT = join(import.meta.dirname, '../../..')
const SECRET = 'a-secret-of-decent-length-0123456789'
const ENVIRONMENT = {
  ACME_SECRET: SECRET,
  ACME_CALLBACK_SECRET: `${SECRET}-back`,
  PROCTORTRACK_SECRET: SECRET,
  PROCTORTRACK_CALLBACK_SECRET: `${SECRET}-back`,
  DEMO_VENDOR_SECRET: SECRET,
  DEMO_VENDOR_CALLBACK_SECRET: `${SECRET}-back`,
  RPNOW_KEY_ID: 'foo',
  RPNOW_KEY: SECRET,
  RPNOW_CRYPTO_KEY: '123456789123456712345678',
  RPNOW_VIDEO_KEY: 'B886E02F19C77EC734B1B132BEECD91E',
}
const EXAMPLES = { 'plugins/rest': ['acme'], 'plugins/proctortrack': ['proctortrack'], 'plugins/rpnow': ['software_secure', 'rpnow4'], 'demo/provider': ['demo-vendor'] }

t.test('what a README tells an operator to write loads as it stands', async t => {
  for (const [folder, names] of Object.entries(EXAMPLES)) {
    const text = await readFile(join(ROOT, folder, 'README.md'), 'utf8')
    const example: Record<string, unknown> = parse(/```yaml\n(.*?)```/s.exec(text)?.[1] ?? '')
    const { config, faults } = buildConfig({ ...example, providers: { default: names[0], ...Object(example.providers) } }, ENVIRONMENT)
    t.same(faults.filter(({ key }) => /^(?:providers|settings)/.test(key)), [], folder)
    if (!config) continue
    const registry = await load(t, ROOT, config.providers.enabled, { default: config.providers.default })
    t.same(registry.list().map(({ name, state }) => `${name} ${state}`), names.map(name => `${name} ready`), folder)
  }
})
