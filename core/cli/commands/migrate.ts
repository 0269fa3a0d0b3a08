import pg from 'pg'
import { migrate, migrateDown } from '../../db/migrate.ts'
import { readDatabaseStatus, type DatabaseStatus } from '../../db/migration-status.ts'
import { defineCommand, type CommandContext } from '../command.ts'
import { UsageError } from '../faults.ts'
import { openDatabase } from '../house.ts'

const up = defineCommand({
  name: 'migrate up',
  summary: 'Bring the database to the schema of this version',
  description: 'Every start does this too; many processes may do it at once.',
  run: context => onDatabase(context, async url => {
    await migrate(url)
    tell(context, await statusOf(url))
  }),
})

const down = defineCommand({
  name: 'migrate down',
  summary: 'Take the newest migrations back, with the data they hold',
  options: {
    steps: { kind: 'integer', value: 'N', minimum: 1, default: 1, help: 'how many' },
    yes: { kind: 'flag', help: 'yes, lose what the tables taken back hold' },
  },
  run: (context, { steps, yes }) => onDatabase(context, async url => {
    const { applied } = await statusOf(url)
    const names = applied.slice(-steps)
    if (!yes) throw new UsageError(`This loses data: it takes back ${names.join(', ') || 'nothing'}. Say --yes if it is meant.`)
    await migrateDown(url, names.length)
    tell(context, await statusOf(url))
  }),
})

const status = defineCommand({
  name: 'migrate status',
  summary: 'Say which migrations the database has; ends with 1 when any is missing',
  run: context => onDatabase(context, async url => {
    const found = await statusOf(url)
    tell(context, found)
    return found.pending.length > 0 || !found.hasJobQueue ? 1 : 0
  }),
})

export default [up, down, status]

async function onDatabase<T> (context: CommandContext, work: (url: string) => Promise<T>): Promise<T> {
  const database = await openDatabase(await context.loadConfig(), context.cwd)
  try {
    return await work(database.url)
  } finally {
    await database.close()
  }
}

async function statusOf (url: string): Promise<DatabaseStatus> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await readDatabaseStatus(client)
  } finally {
    await client.end()
  }
}

function tell ({ out }: CommandContext, found: DatabaseStatus): void {
  const { version, applied, pending, unknown, hasJobQueue } = found
  out.fields({
    PostgreSQL: version, applied: applied.join(', '), missing: pending.join(', '), 'of a newer version': unknown.join(', '), 'job queue': hasJobQueue,
  }, { version, applied, pending, unknown, has_job_queue: hasJobQueue })
}
