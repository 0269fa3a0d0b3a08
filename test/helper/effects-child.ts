import Fastify from 'fastify'
import pg from 'pg'
import { systemClock } from '../../core/clock.ts'
import { createDatabase } from '../../core/db/database.ts'
import effectsPlugin from '../../core/effects/plugin.ts'
import { createNoLms } from '../../core/lms/none.ts'
import { readConfig } from './effects-app.ts'

/** A process that delivers to one receiver until it is killed: `node effects-child.ts <database url> <receiver url>`. */
const [, , url = '', receiverUrl = ''] = process.argv
const database = createDatabase(new pg.Pool({ connectionString: url }))
const app = Fastify()
await app.register(effectsPlugin, {
  database,
  jobs: { connectionString: url },
  clock: systemClock,
  config: readConfig({ webhooks: [{ url: receiverUrl, secret: 's', events: ['*'] }] }),
  providers: { find: () => undefined },
  lms: createNoLms(),
  renderer: { render: async () => '', has: () => false },
  sources: { loadExamForProvider: async () => null, storeExamExternalId: async () => {}, loadEmailFacts: async () => null, expireAttempt: async () => {}, expireDue: async () => 0, tidyUp: async () => {} },
  leaseSeconds: 2,
})
await app.ready()
await database.transaction(tx => app.effects.enqueue(tx, [
  { kind: 'event', subject: 'attempt:41', name: 'first', context: {}, payload: {} },
  { kind: 'event', subject: 'attempt:41', name: 'second', context: {}, payload: {} },
]))
