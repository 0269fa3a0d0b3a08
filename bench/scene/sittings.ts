import { ATTEMPTS, ownerOf } from './fill.ts'
import { signToken } from './tokens.ts'

/** An attempt and what its learner sends. */
export interface Sitting { path: string, headers: Record<string, string> }

export const CONNECTIONS = 32

/** Attempts for every connection, no two with the same one, spread over the whole table. */
export function listAttempts (each: number, secret: string): Promise<Sitting[][]> {
  const step = Math.floor(ATTEMPTS / (CONNECTIONS * each))
  const sit = (connection: number) => Array.from({ length: each }, (_, place) => signIn((connection * each + place) * step + 1, secret))
  return Promise.all(Array.from({ length: CONNECTIONS }, (_, connection) => Promise.all(sit(connection))))
}

async function signIn (attempt: number, secret: string): Promise<Sitting> {
  return {
    path: `/api/edx_proctoring/v1/proctored_exam/attempt/${attempt}`,
    headers: { authorization: `JWT ${await signToken(ownerOf(attempt), secret)}`, accept: 'application/json', origin: 'https://learning.example.org' },
  }
}
