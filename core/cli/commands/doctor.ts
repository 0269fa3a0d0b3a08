import { ConfigFaults } from '../../config/faults.ts'
import type { Config } from '../../config/schema.ts'
import { defineCommand, type CommandContext } from '../command.ts'
import { checkDatabase } from '../doctor/check-database.ts'
import { checkEmail } from '../doctor/check-email.ts'
import { checkPlatform, checkTokens } from '../doctor/check-platform.ts'
import { checkProviders } from '../doctor/check-providers.ts'
import { checkRunning } from '../doctor/check-running.ts'
import { ok, wrong, type Finding } from '../doctor/finding.ts'

const doctor = defineCommand({
  name: 'doctor',
  summary: 'Look at configuration, database, providers, platform and mail, and say what is wrong and what to do',
  description: 'Changes nothing. Ends with 1 when something must be mended.',
  async run (context) {
    const findings = await examine(context)
    tell(context, findings)
    return findings.some(({ state }) => state === 'wrong') ? 1 : 0
  },
})

export default [doctor]

async function examine (context: CommandContext): Promise<Finding[]> {
  const config = await readConfig(context)
  if (Array.isArray(config)) return config
  const looks = [checkDatabase(config, context.cwd), checkProviders(config), checkRunning(config), checkPlatform(config), checkTokens(config), checkEmail(config)]
  return [ok('configuration', 'complete and valid'), ...(await Promise.all(looks)).flat()]
}

async function readConfig (context: CommandContext): Promise<Config | Finding[]> {
  try {
    return await context.loadConfig()
  } catch (error) {
    if (!(error instanceof ConfigFaults)) throw error
    return error.faults.map(({ key, expected, found, fix }) => wrong(`configuration ${key}`.trim(), `expected ${expected}, found ${found}`, fix))
  }
}

const SIGNS = { ok: 'ok   ', note: 'note ', wrong: 'WRONG' } as const

function tell ({ out }: CommandContext, findings: readonly Finding[]): void {
  if (out.isJson) return out.table([], findings)
  for (const { state, what, found, todo } of findings) {
    out.say(`${SIGNS[state]}  ${what}: ${found}`)
    if (todo) out.say(`       ${todo}`)
  }
}
