import { createCipheriv, createHmac } from 'node:crypto'
import { isObject, type JsonObject } from './json.ts'

/** Written from the protocol's description on purpose, not imported from the plugin: it is the measure, not the measured. */
export function rpnowPassword (examCode: string, cryptoKey: string): string {
  const key = Buffer.from(cryptoKey, 'utf8')
  const cipher = createCipheriv(key.length === 16 ? 'des-ede' : 'des-ede3', key, null)
  return Buffer.concat([cipher.update(examCode, 'utf8'), cipher.final()]).toString('base64')
}

const byCodePoint = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** The canonical text of a body. Prefixes of outer levels are lost in deeper ones: so the vendor defines it. */
export function rpnowBodyString (body: JsonObject, prefix = ''): string {
  return Object.keys(body).sort(byCodePoint).map(key => line(key, body[key], prefix)).join('')
}

function line (key: string, value: unknown, prefix: string): string {
  if (Array.isArray(value)) return value.map((item, index) => listLine(`${key}.${index}`, item)).join('')
  if (isObject(value)) return Object.keys(value).length === 0 ? `${prefix}${key}:null\n` : rpnowBodyString(value, `${key}.`)
  if (typeof value === 'boolean') return `${prefix}${key}:${value}\n`
  return `${prefix}${key}:${value === '' ? '' : value || 'null'}\n`
}

const LIST_WORDS = new Map<unknown, string>([[null, 'None'], [true, 'True'], [false, 'False']])

function listLine (name: string, item: unknown): string {
  return isObject(item) ? rpnowBodyString(item, `${name}.`) : `${name}:${LIST_WORDS.get(item) ?? String(item)}\n`
}

export function rpnowSignature (body: JsonObject, contentType: string, date: string, keys: { secret_key_id: string, secret_key: string }): string {
  const message = `POST\n\n${contentType}\n${date}\n${rpnowBodyString(body)}`
  const digest = createHmac('sha256', Buffer.from(keys.secret_key, 'ascii')).update(message).digest('base64')
  return `SSI ${keys.secret_key_id}:${digest}`
}
