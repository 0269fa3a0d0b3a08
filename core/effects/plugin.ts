import fp from 'fastify-plugin'
import type { PoolConfig } from 'pg'
import type { Config } from '../config/schema.ts'
import type { Database, Sql } from '../db/sql.ts'
import type { Effect } from '../domain/effect.ts'
import type { DrainResult } from './deliver.ts'
import { enqueueEffects } from './enqueue.ts'
import { createHandlers, type HandlerOptions } from './handlers.ts'
import { countEffects, listEffects, retryEffect, retryForProvider, type EffectCounts, type EffectFilter, type EffectView } from './ledger.ts'
import type { KeptMail } from './mailer.ts'
import { startSweeper, type Sweeper } from './sweeper.ts'
import { CONCURRENCY, createTasks, type Tasks } from './tasks.ts'
import { purgeDelivered, recallWaiting, wakeOverdue } from './upkeep.ts'
import { startWorker, type Worker } from './worker.ts'

/** What effects need from the domain. */
export type EffectSources = HandlerOptions['sources'] & {
  /** Submits the attempt if its time is up; does nothing otherwise. */
  expireAttempt (attemptId: number): Promise<unknown>
  /** Submits all attempts whose time was up at `now`. */
  expireDue (now: Date): Promise<unknown>
  /** What the domain tidies up now and then. */
  tidyUp (): Promise<unknown>
}

export interface EffectsOptions extends Omit<HandlerOptions, 'log' | 'config' | 'sources'> {
  database: Database
  /** Connections of the job queue's own, to the same database. */
  jobs: PoolConfig
  config: HandlerOptions['config'] & Pick<Config, 'demo'>
  sources: EffectSources
  /** False: this process only writes effects; others deliver them. */
  deliver?: boolean
  leaseSeconds?: number
  sweepSeconds?: number
}

export interface Effects {
  /** Writes effects inside the transaction that asked for them. */
  enqueue (tx: Sql, effects: readonly Effect[], requestId?: string | null): Promise<void>
  /** Delivers everything that is due and answers when nothing is left. */
  drain (): Promise<DrainResult>
  /** After a demo clock moved: ends attempts, then delivers what became due. */
  catchUp (before: Date): Promise<void>
  list (filter?: EffectFilter): Promise<EffectView[]>
  /** Null when there is no such effect to send again. */
  retry (id: number): Promise<EffectView | null>
  /** All of one vendor that was given up or waits for its next try; answers how many. */
  retryForProvider (provider: string): Promise<number>
  counts (): Promise<EffectCounts>
}

declare module 'fastify' {
  interface FastifyInstance {
    effects: Effects
    /** Mails that were kept instead of sent, newest last. */
    mailbox: readonly KeptMail[]
  }
}

/** Longer than any handler may take. */
const LEASE_SECONDS = 120
const SWEEP_SECONDS = 10
/** How long deliveries under way may go on when the process stops. */
const GRACE_MS = 5_000

export default fp<EffectsOptions>(async (app, options) => {
  const { database, clock, config, sources, leaseSeconds = LEASE_SECONDS } = options
  const stopping = new AbortController()
  const aborting = new AbortController()
  const { handlers, mailbox, close } = createHandlers({ ...options, log: app.log })
  const delivery = { database, clock, handlers, log: app.log, leaseSeconds, stopping: stopping.signal, aborting: aborting.signal }
  const tasks = createTasks({ delivery, expireAttempt: sources.expireAttempt, isSerial: config.demo.clock })
  const background = createBackground(options, tasks, app.log)

  app.decorate('effects', createEffects(options, tasks))
  app.decorate('mailbox', mailbox)
  if (options.deliver !== false) app.addHook('onReady', background.start)
  app.addHook('onClose', async () => {
    stopping.abort()
    const patience = setTimeout(() => aborting.abort(), GRACE_MS)
    await background.stop().finally(() => clearTimeout(patience))
    await close()
  })
}, { name: 'effects' })

function createEffects ({ database, clock, config, sources }: EffectsOptions, tasks: Tasks): Effects {
  return {
    enqueue: (tx, effects, requestId = null) => enqueueEffects(tx, effects, { now: clock.now(), webhooks: config.webhooks, requestId }),
    drain: tasks.drain,
    async catchUp (before) {
      const now = clock.now()
      if (now < before) await recallWaiting(database, now)
      await sources.expireDue(now)
      await tasks.drain()
    },
    list: (filter = {}) => listEffects(database, filter),
    retry: id => retryEffect(database, id, clock.now()),
    retryForProvider: provider => retryForProvider(database, provider, clock.now()),
    counts: () => countEffects(database, clock.now()),
  }
}

function createBackground ({ database, clock, sources, jobs, sweepSeconds = SWEEP_SECONDS }: EffectsOptions, tasks: Tasks, log: HandlerOptions['log']) {
  let worker: Worker | undefined
  let sweeper: Sweeper | undefined
  const sweeps = [
    () => sources.expireDue(clock.now()),
    () => wakeOverdue(database, clock.now()),
    () => purgeDelivered(database, clock.now()),
    () => sources.tidyUp(),
  ]
  return {
    async start () {
      worker = await startWorker({ pool: jobs, tasks: tasks.list, concurrency: CONCURRENCY, blockedFlags: tasks.blockedFlags, log })
      sweeper = startSweeper(sweeps, sweepSeconds, log)
    },
    async stop () {
      await sweeper?.stop()
      await worker?.stop()
    },
  }
}
