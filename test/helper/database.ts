import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { describeRun, joinRun } from './postgres-run.ts'
import { ensureTemplate, readCurrentSchema, type TestSchema } from './postgres-template.ts'

/** The part of a tap test that is needed here. */
export interface TestScope {
  teardown (handler: () => Promise<void>): void
}

export interface TestDatabase {
  readonly url: string
}

/** A database of the test's own: a fresh copy of the migrated template, dropped when the test is over. */
export async function createTestDatabase (t: TestScope, schema?: TestSchema): Promise<TestDatabase> {
  const server = await findServer()
  const name = `invigil_test_${process.pid}_${randomBytes(4).toString('hex')}`
  const wanted = schema ?? await readCurrentSchema()
  await administer(server, async admin => {
    const template = await ensureTemplate(admin, wanted, database => addressOf(server, database))
    await admin.query(`create database ${name} template ${template}`)
  })
  t.teardown(() => administer(server, async admin => {
    await admin.query(`drop database if exists ${name} with (force)`)
  }))
  return { url: addressOf(server, name) }
}

/** The address of any database of the server that takes administrators. */
async function findServer (): Promise<string> {
  return process.env['TEST_DATABASE_URL'] || addressOf(await joinRun(describeRun()), 'postgres')
}

function addressOf (server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

async function administer (server: string, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}
