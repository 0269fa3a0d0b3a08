import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

/** AES-CBC with a key-derived vector, as stored reviews have it (contract 01 §8.2, Q20). `key` is hex text of 16, 24 or 32 bytes. */
export function encryptVideoUrl (url: string, key: string): string {
  const { algorithm, secret, vector } = parameters(key)
  const cipher = createCipheriv(algorithm, secret, vector)
  return withPadding(Buffer.concat([cipher.update(url, 'utf8'), cipher.final()]).toString('base64url'))
}

export function decryptVideoUrl (encrypted: string, key: string): string {
  const { algorithm, secret, vector } = parameters(key)
  const decipher = createDecipheriv(algorithm, secret, vector)
  return Buffer.concat([decipher.update(Buffer.from(encrypted, 'base64url')), decipher.final()]).toString('utf8')
}

function parameters (key: string) {
  const secret = Buffer.from(key, 'hex')
  const digest = createHash('md5').update(secret).digest('hex')
  const vector = createHash('md5').update(secret).update(digest, 'ascii').digest('hex').slice(0, 16)
  return { algorithm: `aes-${secret.length * 8}-cbc`, secret, vector: Buffer.from(vector, 'ascii') }
}

const withPadding = (text: string): string => text.padEnd(Math.ceil(text.length / 4) * 4, '=')
