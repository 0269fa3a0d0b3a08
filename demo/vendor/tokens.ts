import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export const TOKEN_SECONDS = 3600

export interface Tokens {
  issue (): string
  isValid (token: string): boolean
}

/** Access tokens: random, kept until they expire. */
export function createTokens (clock: { now (): Date }): Tokens {
  const ends = new Map<string, number>()
  return {
    issue () {
      const token = randomBytes(24).toString('base64url')
      ends.set(token, clock.now().getTime() + TOKEN_SECONDS * 1000)
      return token
    },
    isValid (token) {
      const end = ends.get(token) ?? 0
      if (end <= clock.now().getTime()) ends.delete(token)
      return ends.has(token)
    },
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Compares without telling by its duration how much was right. */
export function isSame (given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}
