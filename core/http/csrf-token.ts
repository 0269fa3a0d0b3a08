import { randomInt } from 'node:crypto'
import { isSameText } from './same-text.ts'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const SECRET_LENGTH = 32
const isToken = (text: string) => /^(?:[a-zA-Z0-9]{32}|[a-zA-Z0-9]{64})$/.test(text)

/** A new token, in the form the platform's own tokens have. */
export function createCsrfToken (): string {
  return Array.from({ length: SECRET_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/**
 * Double submit: the header must carry what the cookie carries. Where this server answers under the platform's own address the cookie
 * is the platform's, whose header tokens are masked: 32 characters of mask, 32 of secret shifted by the mask.
 */
export function matchesCsrfToken (header: unknown, cookie: string | undefined): boolean {
  if (typeof header !== 'string' || cookie === undefined || !isToken(header) || !isToken(cookie)) return false
  return isSameText(unmask(header), unmask(cookie))
}

export function isUsableCsrfToken (cookie: string | undefined): cookie is string {
  return cookie !== undefined && isToken(cookie)
}

function unmask (token: string): string {
  if (token.length === SECRET_LENGTH) return token
  const shift = (letter: string, at: number) => (ALPHABET.indexOf(letter) - ALPHABET.indexOf(token[at] ?? '') + ALPHABET.length) % ALPHABET.length
  return Array.from(token.slice(SECRET_LENGTH), (letter, at) => ALPHABET[shift(letter, at)]).join('')
}
