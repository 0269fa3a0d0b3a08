import type { FastifyInstance } from 'fastify'
import { buildApp } from '../../app.ts'
import { buildConfig } from '../../config/load.ts'
import type { ProviderMethod } from '../../provider/contract.ts'
import { createLine, type Line } from '../bench/line.ts'
import { createLogLines } from '../bench/log-lines.ts'
import { entryFor } from '../bench/bench.ts'
import { NotChecked } from '../check.ts'
import { RIVAL, type Target } from '../target/target.ts'

/** What the house told the provider, in order. */
export interface Told { readonly method: ProviderMethod, outcome: 'under way' | 'done' | 'failed' }

/** The whole service with this provider alone, a clock that can be set, and effects that leave when they are told to. */
export interface House {
  readonly app: FastifyInstance
  readonly line: Line
  readonly told: readonly Told[]
  readonly logged: readonly string[]
  /** Begins a new record of what was told, with the vendor well. */
  forget (): void
  /** Delivers what is due; then the time goes on until nothing waits, for a day at most. */
  settle (): Promise<void>
  /** Effects that wait, or were given up. */
  undelivered (): Promise<readonly string[]>
  close (): Promise<void>
}

export const TOKEN_SECRET = 'token-secret-of-the-trial-0123456789abcdef'
export const OBFUSCATION_KEY = 'obfuscation-key-of-the-trial-0123456789'

export interface HouseOptions {
  /** Milliseconds for every call and every request to a route, in place of the contract's. */
  deadlineMs?: number
}

export async function openHouse (target: Target, databaseUrl: string, { deadlineMs }: HouseOptions = {}): Promise<House> {
  const line = createLine(target.vendor?.() ?? null, target.isLive)
  const { lines, stream } = createLogLines()
  const told: Told[] = []
  const app = await buildApp({
    config: describeConfig(target),
    databaseUrl,
    hostRoot: target.hostRoot,
    deliver: false,
    logger: { level: 'debug', stream },
    trial: { fetch: line.fetch, ...(deadlineMs && { deadlineMs }), called: (method, answer) => { told.push(follow(method, answer)) } },
  }).catch((error: unknown) => { throw new NotChecked(`the service does not start with this provider: ${error instanceof Error ? error.message : String(error)}`, { cause: error }) })
  await app.ready()
  // what an earlier house of this run left undone is not this one's affair
  await app.db.query({ name: 'conformance-forget', text: 'delete from effect' }, [])
  return {
    app,
    line,
    told,
    logged: lines,
    forget () {
      told.length = 0
      line.disturb(null)
    },
    settle: () => settle(app),
    undelivered: async () => (await app.effects.list()).filter(({ kind, state }) => kind === 'provider' && state !== 'delivered').map(({ state, lastError }) => `${state}: ${lastError ?? 'not tried yet'}`),
    close: () => app.close(),
  }
}

function follow (method: ProviderMethod, answer: Promise<unknown>): Told {
  const told: Told = { method, outcome: 'under way' }
  answer.then(() => { told.outcome = 'done' }, () => { told.outcome = 'failed' })
  return told
}

function describeConfig (target: Target) {
  const { config, faults } = buildConfig({
    server: { log_level: 'debug', public_url: 'http://127.0.0.1:8000' },
    database: { pool_max: 4 },
    data_dir: `${target.workDir}/data`,
    auth: { jwt: { secret: TOKEN_SECRET } },
    providers: { default: target.entry, enabled: { [target.entry]: entryFor(target), [RIVAL.name]: { retired: true, callback: RIVAL.callback } } },
    settings: { user_obfuscation_key: OBFUSCATION_KEY },
    demo: { enabled: false, clock: true },
  }, {})
  if (!config || faults.length > 0) throw new NotChecked(`the service cannot be configured for it: ${faults.map(({ key, expected, found }) => `${key}: expected ${expected}, found ${found}`).join('; ')}`)
  return config
}

const STEP_SECONDS = [0, 5, 20, 60, 240, 1_000, 4_000, 16_000]

async function settle (app: FastifyInstance): Promise<void> {
  for (const seconds of STEP_SECONDS) {
    if (seconds > 0) await app.inject({ method: 'POST', url: '/demo/clock', payload: { advance_seconds: seconds } })
    await app.effects.drain()
    if (await waiting(app) === 0) return
  }
}

const waiting = async (app: FastifyInstance): Promise<number> => (await app.effects.list()).filter(({ kind, state }) => kind === 'provider' && state === 'pending').length
