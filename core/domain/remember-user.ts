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
const BY_NAME = {
  name: 'user-by-name',
  text: `select id, username, email, full_name as "fullName", is_active as "isActive" from users
    where lower(username) = lower($1) or lower(email) = lower($1) order by (username = $1) desc, (lower(username) = lower($1)) desc, id limit 1`,
}

export const findUser = async (db: Pick<Database, 'query'>, id: number): Promise<User | null> => (await db.query<User>(BY_ID, [id]))[0] ?? null
export const findUserByName = async (db: Pick<Database, 'query'>, name: string): Promise<User | null> => (await db.query<User>(BY_NAME, [name]))[0] ?? null

const BY_EMAIL = { name: 'user-by-email', text: 'select id, username, email, full_name as "fullName", is_active as "isActive" from users where lower(email) = lower($1) order by id limit 1' }
export const findUserByEmail = async (db: Pick<Database, 'query'>, email: string): Promise<User | null> => (await db.query<User>(BY_EMAIL, [email]))[0] ?? null
