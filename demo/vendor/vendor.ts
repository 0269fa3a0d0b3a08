import { randomBytes } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { Invigil } from './invigil-client.ts'
import type { State } from './state.ts'
import type { Tokens } from './tokens.ts'

export interface VendorOptions {
  /** What Invigil signs in with at the vendor; the secret also signs instructor links. */
  clientId: string
  clientSecret: string
  /** Where Invigil is, e.g. `http://127.0.0.1:8000`. */
  invigilUrl: string
  /** What the vendor signs in with at Invigil. */
  callback: { client_id: string, client_secret: string }
  log?: FastifyBaseLogger
  clock?: { now (): Date }
}

/** The vendor as its routes see it. */
export interface Vendor {
  options: VendorOptions
  state: State
  clock: { now (): Date }
  invigil: Invigil
  tokens: Tokens
}

/** Random, because Invigil remembers ids longer than this vendor does. */
export const createId = (prefix: string) => `${prefix}${randomBytes(6).toString('hex')}`
