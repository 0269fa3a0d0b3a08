import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

/** What a template holds: how it is made, and a key that changes when that does. */
export interface TestSchema {
  readonly key: string
  migrate (url: string): Promise<void>
}

const DB_FOLDER = fileURLToPath(new URL('../../core/db', import.meta.url))
const SOURCES = [join(DB_FOLDER, 'migrations'), join(DB_FOLDER, '..', 'models'), join(DB_FOLDER, 'migrate.ts')]

/** Any number, as long as no one else uses it: many processes may ask for the template at once, one makes it. */
const TEMPLATE_LOCK = 7_209_114

/** The schema of the sources as they are now. */
export async function readCurrentSchema (): Promise<TestSchema> {
  return {
    key: await hashSources(SOURCES),
    // imported when needed only: the object mapper takes a third of a second, and most test files find the template made
    migrate: async url => (await import('../../core/db/migrate.ts')).migrate(url),
  }
}

/** Makes sure the migrated template exists and returns its name. */
export async function ensureTemplate (admin: pg.Client, schema: TestSchema, addressOf: (database: string) => string): Promise<string> {
  const name = `invigil_template_${schema.key}`
  if (await exists(admin, name)) return name
  await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
  try {
    if (!await exists(admin, name)) await createTemplate(admin, name, url => schema.migrate(url), addressOf)
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK])
  }
  return name
}

/** Under another name until it is complete, so that a killed process leaves no half-migrated template. */
async function createTemplate (
  admin: pg.Client, name: string, migrate: TestSchema['migrate'], addressOf: (database: string) => string,
): Promise<void> {
  const unfinished = `${name}_unfinished`
  await admin.query(`drop database if exists ${unfinished} with (force)`)
  await admin.query(`create database ${unfinished}`)
  await migrate(addressOf(unfinished))
  // a single visitor to the template would make every copy fail
  await admin.query(`alter database ${unfinished} allow_connections false`)
  await admin.query(`alter database ${unfinished} rename to ${name}`)
}

async function exists (admin: pg.Client, name: string): Promise<boolean> {
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [name])
  return rowCount === 1
}

async function hashSources (paths: string[]): Promise<string> {
  const files = (await Promise.all(paths.map(listFiles))).flat().sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(file.slice(DB_FOLDER.length)).update(await readFile(file))
  return hash.digest('hex').slice(0, 12)
}

async function listFiles (path: string): Promise<string[]> {
  if (path.endsWith('.ts')) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
}
