import { createHmac } from 'node:crypto'

export interface SigningKeys { secretKeyId: string, secretKey: string }

type Fields = Readonly<Record<string, unknown>>

/** The value of `Authorization` for a POST of this body. */
export function signRequest (body: Fields, { contentType, date }: { contentType: string, date: string }, { secretKeyId, secretKey }: SigningKeys): string {
  const message = `POST\n\n${contentType}\n${date}\n${bodyString(body)}`
  const digest = createHmac('sha256', Buffer.from(secretKey, 'ascii')).update(message, 'utf8').digest('base64')
  return `SSI ${secretKeyId}:${digest}`
}

/**
 * The text of a body that is signed, a line per value. Its oddities are the vendor's: inside an object only the innermost prefix is
 * written, zero and null are the word `null`, and items of lists are written as Python does (Q69).
 */
export function bodyString (body: Fields, prefix = ''): string {
  return Object.keys(body).sort(byCodePoint).map(key => lines(prefix, key, body[key])).join('')
}

function lines (prefix: string, key: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((item, index) => itemLines(`${key}.${index}`, item)).join('')
  if (isFields(value)) return bodyString(value, `${key}.`)
  return `${prefix}${key}:${word(value)}\n`
}

function itemLines (name: string, item: unknown): string {
  return isFields(item) ? bodyString(item, `${name}.`) : `${name}:${itemWord(item)}\n`
}

function word (value: unknown): string {
  if (typeof value === 'boolean' || value === '') return String(value)
  return value ? String(value) : 'null'
}

const ITEM_WORDS = new Map<unknown, string>([[null, 'None'], [true, 'True'], [false, 'False']])

function itemWord (item: unknown): string {
  return ITEM_WORDS.get(item) ?? String(item)
}

/** JavaScript's own order goes by UTF-16 units, which differs beyond the first 65536 characters. */
function byCodePoint (a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function isFields (value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}
