import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Config } from '../config/schema.ts'
import { isSameText } from './same-text.ts'

/** Name of the cookie a vendor's secure browser is given when it opens an attempt. */
export const LAUNCH_COOKIE = 'exam'

export interface LaunchCookie {
  /** `{attempt code}:{time in base 62}:{signature}`, as it always looked. */
  write (attemptCode: string, at: Date): string
  /** The attempt code, when the value was written here. */
  read (value: string | undefined): string | null
}

/** A key for this alone, from a secret every instance has; without one, proofs last as long as this process. */
export function createLaunchCookie ({ settings, auth }: Pick<Config, 'settings' | 'auth'>): LaunchCookie {
  const key = deriveKey(settings.user_obfuscation_key ?? auth.jwt.secret ?? randomBytes(32).toString('hex'))
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url')
  return {
    write (attemptCode, at) {
      const text = `${attemptCode}:${base62(Math.floor(at.getTime() / 1000))}`
      return `${text}:${sign(text)}`
    },
    read (value = '') {
      const [, text = '', attemptCode = '', signature = ''] = /^(([^:]+):[0-9A-Za-z]+):([\w-]+)$/.exec(value) ?? []
      return attemptCode && isSameText(sign(text), signature) ? attemptCode : null
    },
  }
}

function deriveKey (secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'invigil launch cookie 1', 32))
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

function base62 (number: number): string {
  const digit = DIGITS.charAt(number % 62)
  return number < 62 ? digit : base62(Math.floor(number / 62)) + digit
}
