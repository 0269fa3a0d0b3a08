import type { Database } from '../db/sql.ts'
import type { User } from './attempt/attempt.ts'

const UPSERT = {
  name: 'user-remember',
  text: `insert into users (id, username, email, full_name, is_active, created_at, modified_at) values ($1, $2, $3, $4, $5, $6, $6)
    on conflict (id) do update set username = excluded.username, email = excluded.email, full_name = excluded.full_name,
      is_active = excluded.is_active, modified_at = excluded.modified_at
    where (users.username, users.email, users.full_name, users.is_active) is distinct from (excluded.username, excluded.email, excluded.full_name, excluded.is_active)`,
}

/** Keeps what the platform last said about a person. */
export async function rememberUser (db: Database, user: User, now: Date): Promise<void> {
  await db.query(UPSERT, [user.id, user.username, user.email, user.fullName, user.isActive, now.toISOString()])
}

const BY_ID = { name: 'user-by-id', text: 'select id, username, email, full_name as "fullName", is_active as "isActive" from users where id = $1' }
/** Text is a user name first, then an e-mail address; never an id. */
const BY_NAMES = {
  name: 'users-by-names',
  text: `select found.*, given.name from unnest($1::text[]) as given (name) cross join lateral (
      select id, username, email, full_name as "fullName", is_active as "isActive" from users
      where lower(username) = lower(given.name) or lower(email) = lower(given.name)
      order by (username = given.name) desc, (lower(username) = lower(given.name)) desc, id limit 1
    ) as found`,
}
const MAX_ID = 2_147_483_647

export async function findUser (db: Pick<Database, 'query'>, id: number): Promise<User | null> {
  return Number.isInteger(id) && Math.abs(id) <= MAX_ID ? (await db.query<User>(BY_ID, [id]))[0] ?? null : null
}

/** Name as given -> whom it means; names of nobody are left out. */
export async function findUsersByNames (db: Pick<Database, 'query'>, names: readonly string[]): Promise<Map<string, User>> {
  // no name means nobody, although people without an e-mail address are many
  const askable = [...new Set(names)].filter(name => name !== '' && !name.includes('\0'))
  if (askable.length === 0) return new Map()
  const rows = await db.query<User & { name: string }>(BY_NAMES, [askable])
  return new Map(rows.map(({ name, ...user }) => [name, user]))
}

export const findUserByName = async (db: Pick<Database, 'query'>, name: string): Promise<User | null> => (await findUsersByNames(db, [name])).get(name) ?? null

const BY_EMAIL = { name: 'user-by-email', text: 'select id, username, email, full_name as "fullName", is_active as "isActive" from users where lower(email) = lower($1) order by id limit 1' }
export const findUserByEmail = async (db: Pick<Database, 'query'>, email: string): Promise<User | null> => (await db.query<User>(BY_EMAIL, [email]))[0] ?? null
