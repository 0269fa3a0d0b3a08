import { createCipheriv } from 'node:crypto'

/** Bytes of a key -> the cipher with two or three DES keys. */
const CIPHERS: Readonly<Record<number, string>> = { 16: 'des-ede', 24: 'des-ede3' }

/** The password the secure browser unlocks an exam with: triple DES of the attempt code, as the vendor computes it too. */
export function examPassword (attemptCode: string, cryptoKey: string): string {
  const key = Buffer.from(cryptoKey, 'utf8')
  const cipher = createCipheriv(cipherFor(key), key, null)
  return Buffer.concat([cipher.update(attemptCode, 'utf8'), cipher.final()]).toString('base64')
}

export function assertCryptoKey (cryptoKey: string): void {
  cipherFor(Buffer.from(cryptoKey, 'utf8'))
}

function cipherFor ({ length }: Buffer): string {
  const cipher = CIPHERS[length]
  if (!cipher) throw new RangeError(`option 'crypto_key' must be 16 or 24 bytes long, found ${length}: take it as the vendor gave it`)
  return cipher
}
