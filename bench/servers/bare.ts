import Fastify from 'fastify'
import pg from 'pg'
import { readSettings, serveBench } from './channel.ts'
import { addChange, changeMany } from './bare-change.ts'
import { addPoll } from './bare-poll.ts'

/** What a hand would write with Fastify and pg alone: no sign-in, no checks, no headers, no metrics, no log. */
const { databaseUrl } = readSettings()
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10, options: '-c timezone=UTC' })
const app = Fastify()
app.addHook('onClose', () => pool.end())
addPoll(app, pool)
addChange(app, pool)
await serveBench(app, { change: amount => changeMany(pool, amount) })
