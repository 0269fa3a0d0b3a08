import { INV_ALLOWANCE_INVALID, INV_BAD_REQUEST, INV_USER_NOT_FOUND } from '../../errors.ts'
import { TIME_ALLOWANCE } from '../../domain/allowance/read.ts'
import { readId } from './fields.ts'

type Body = Readonly<Record<string, unknown>>

/** Absent, null and empty text name nothing. */
export function optionalId (body: Body, field: string): number | null {
  const value = body[field]
  if (value === undefined || value === null || value === '') return null
  const id = readId(value)
  if (id === null) throw new INV_BAD_REQUEST(`Expected ${field} to be a whole number, found ${describe(value)}.`)
  return id
}

/** A JSON number is a user's id; text is a user name or an e-mail address, also when it is made of digits. */
export function readLearner ({ user_info: value }: Body): number | string {
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'string') return value.trim()
  throw new INV_USER_NOT_FOUND(describe(value))
}

/** The name of an allowance under either of the names it has on the wire. */
export function readKey (body: Body, field: 'key' | 'allowance_type'): string {
  const value = body[field]
  if (typeof value !== 'string') throw new INV_ALLOWANCE_INVALID(`Expected ${field} to be text, found ${describe(value)}.`)
  return value
}

/** Null when it is no value at all. Minutes must come as text, as they always had to; elsewhere a JSON number will do. */
export function readValue (key: string, { value }: Body): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' && key !== TIME_ALLOWANCE ? String(value) : null
}

/** Comma-separated text, or a list: white space counts for nothing, empty items are dropped, none comes twice (contract 02 §6.4). */
export function readItems (body: Body, field: string): string[] {
  const parts = [body[field] ?? ''].flat()
  if (!parts.every(part => typeof part === 'string' || typeof part === 'number')) throw new INV_BAD_REQUEST(`Expected ${field} to be text with commas, or a list of texts.`)
  return [...new Set(parts.join(',').replaceAll(/\s/g, '').split(','))].filter(item => item !== '')
}

export const describe = (value: unknown): string => value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value).slice(0, 60)
