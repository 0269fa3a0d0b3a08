import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export interface Tokens {
  issue (seconds: number): string
  isValid (token: string): boolean
  /** Ends all that are valid; answers how many these were. */
  expireAll (): number
}

/** Access tokens: random, kept until they expire. */
export function createTokens (clock: { now (): Date }): Tokens {
  const ends = new Map<string, number>()
  return {
    issue (seconds) {
      const token = randomBytes(24).toString('base64url')
      ends.set(token, clock.now().getTime() + seconds * 1000)
      return token
    },
    isValid (token) {
      const end = ends.get(token) ?? 0
      if (end <= clock.now().getTime()) ends.delete(token)
      return ends.has(token)
    },
    expireAll () {
      const now = clock.now().getTime()
      const valid = [...ends.values()].filter(end => end > now).length
      ends.clear()
      return valid
    },
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Compares without telling by its duration how much was right. */
export function isSame (given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}
