import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildConfig } from '../../core/config/load.ts'
import type { Config } from '../../core/config/schema.ts'

export interface SceneSettings {
  /** Null = the embedded one, which production refuses. */
  databaseUrl: string | null
  dataDir: string
  secret: string
  /** A learning platform to ask; none without it. */
  lmsUrl?: string
}

/** What an operator would write for production, with two providers that need no network. */
const writeTree = ({ databaseUrl, dataDir, secret, lmsUrl }: SceneSettings) => ({
  server: { public_url: 'https://proctoring.example.org', cors_origins: ['https://learning.example.org'] },
  database: { url: databaseUrl },
  data_dir: dataDir,
  auth: { jwt: { secret } },
  providers: { default: 'null', enabled: { null: { package: '@invigil/null' }, mock: { package: '@invigil/mock', options: { supports_onboarding: true } } } },
  ...(lmsUrl && { lms: { adapter: 'http', services_url: lmsUrl, token: secret } }),
  email: { smtp_url: 'smtp://mail.example.org:25' },
  settings: { user_obfuscation_key: secret },
  demo: { enabled: false, clock: false },
})

export function productionConfig (settings: SceneSettings): Config {
  const { config, faults } = buildConfig(writeTree(settings), { NODE_ENV: 'production' })
  if (config === null || faults.length > 0) throw new Error(`the benchmarks' configuration is not accepted: ${JSON.stringify(faults)}`)
  return config
}

/** The same as a file; JSON is YAML. */
export async function writeConfig (folder: string, name: string, settings: SceneSettings): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, JSON.stringify(writeTree(settings)))
  return path
}
