import { createSecretKey } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { SignJWT } from 'jose'
import { RETIRE_USERS } from '../../http/caller.ts'
import { CALLBACK } from '../target/target.ts'
import { TOKEN_SECRET } from './house.ts'

export interface Person { readonly id: number, readonly username: string, readonly name: string, readonly staff?: boolean, readonly permissions?: readonly string[] }

export const LEARNER: Person = { id: 101, username: 'ada', name: 'Ada Lovelace' }
export const STAFF: Person = { id: 201, username: 'grace', name: 'Grace Hopper', staff: true, permissions: [RETIRE_USERS] }

export interface Answer { readonly status: number, readonly body: unknown, readonly headers: Readonly<Record<string, unknown>> }
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What proves who asks, for the header `Authorization`. */
export interface Tokens {
  ofPerson (person: Person): Promise<string>
  /** Signed in once with the client's credentials. */
  ofVendor (client: Client): Promise<string>
}

interface Client { readonly client_id: string, readonly client_secret: string }

export function createTokens (app: FastifyInstance): Tokens {
  const known = new Map<string, Promise<string>>()
  return {
    ofPerson: tokenOf,
    ofVendor (client) {
      const token = known.get(client.client_id) ?? signIn(app, client)
      known.set(client.client_id, token)
      return token
    },
  }
}

async function tokenOf (person: Person): Promise<string> {
  const token = await new SignJWT({
    user_id: person.id, preferred_username: person.username, name: person.name, email: `${person.username}@learner.example`, administrator: person.staff ?? false, is_active: true, ...(person.permissions && { permissions: person.permissions }),
  }).setProtectedHeader({ alg: 'HS256' }).setIssuedAt().setExpirationTime('1h').sign(createSecretKey(TOKEN_SECRET, 'utf8'))
  return `JWT ${token}`
}

async function signIn (app: FastifyInstance, client: Client): Promise<string> {
  const { body } = await send(app, 'POST', '/oauth2/access_token', null, { grant_type: 'client_credentials', ...client })
  return `JWT ${fieldOf(body, 'access_token')}`
}

/** Asks the service as one of its people would. */
export async function askAs (app: FastifyInstance, person: Person, method: Method, url: string, payload?: object): Promise<Answer> {
  return send(app, method, url, await tokenOf(person), payload)
}

/** Calls back as the vendor would: signed in with its client credentials. */
export async function askAsVendor (app: FastifyInstance, url: string, payload: object): Promise<Answer> {
  return send(app, 'POST', url, await signIn(app, CALLBACK), payload)
}

async function send (app: FastifyInstance, method: Method, url: string, authorization: string | null, payload: object | undefined): Promise<Answer> {
  const response = await app.inject({ method, url, headers: { ...(authorization && { authorization }) }, ...(payload && { payload }) })
  return { status: response.statusCode, body: readBody(response.body), headers: response.headers }
}

function readBody (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export function fieldOf (body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
}
