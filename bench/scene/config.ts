import { buildConfig } from '../../core/config/load.ts'
import type { Config } from '../../core/config/schema.ts'
import type { ServerSettings } from '../servers/channel.ts'

/** What an operator would write for production, with two providers that need no network. */
export const configTree = ({ databaseUrl, dataDir, secret }: ServerSettings) => ({
  server: { public_url: 'https://proctoring.example.org', cors_origins: ['https://learning.example.org'] },
  database: { url: databaseUrl },
  data_dir: dataDir,
  auth: { jwt: { secret } },
  providers: { default: 'null', enabled: { null: { package: '@invigil/null' }, mock: { package: '@invigil/mock' } } },
  email: { smtp_url: 'smtp://mail.example.org:25' },
  settings: { user_obfuscation_key: secret },
  demo: { enabled: false, clock: false },
})

export function productionConfig (settings: ServerSettings): Config {
  const { config, faults } = buildConfig(configTree(settings), { NODE_ENV: 'production' })
  if (config === null || faults.length > 0) throw new Error(`the benchmarks' configuration is not accepted: ${JSON.stringify(faults)}`)
  return config
}
