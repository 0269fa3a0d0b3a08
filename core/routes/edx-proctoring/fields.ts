import { dateFromWire } from '../../db/timestamps.ts'

/** Checks of request fields in the manner old clients know: a list of texts per field (contract 02 §3.1, §3.7). */
export type FieldRule = { required: boolean, nullable?: boolean } & (
  | { kind: 'text', blank?: boolean, maxLength?: number }
  | { kind: 'integer' | 'boolean' | 'date' }
)
export type FieldRules = Readonly<Record<string, FieldRule>>
export type FieldFaults = Record<string, string[]>
export type FieldValue = string | number | boolean | Date | null

export interface CheckedFields { values: Record<string, FieldValue | undefined>, faults: FieldFaults }

export function checkFields (body: Readonly<Record<string, unknown>>, rules: FieldRules): CheckedFields {
  const values: CheckedFields['values'] = {}
  const faults: FieldFaults = {}
  for (const [name, rule] of Object.entries(rules)) {
    const checked = checkField(body[name], rule)
    if ('fault' in checked) faults[name] = [checked.fault]
    else values[name] = checked.value
  }
  return { values, faults }
}

type Checked = { value: FieldValue | undefined } | { fault: string }

function checkField (value: unknown, rule: FieldRule): Checked {
  if (value === undefined) return rule.required ? { fault: 'This field is required.' } : { value }
  if (value === null) return rule.nullable ? { value } : { fault: 'This field may not be null.' }
  switch (rule.kind) {
    case 'text': return checkText(value, rule)
    case 'integer': return checkInteger(value)
    case 'boolean': return checkBoolean(value)
    case 'date': return checkDate(value)
  }
}

function checkText (value: unknown, { blank = false, maxLength }: Extract<FieldRule, { kind: 'text' }>): Checked {
  if (typeof value !== 'string' && typeof value !== 'number') return { fault: 'Expected text.' }
  const text = String(value)
  if (!blank && text.trim() === '') return { fault: 'This field may not be blank.' }
  if (maxLength !== undefined && text.length > maxLength) return { fault: `Expected at most ${maxLength} characters, found ${text.length}.` }
  return text.includes('\0') ? { fault: 'Null characters are not allowed.' } : { value: text }
}

const MAX_INTEGER = 2_147_483_647

function checkInteger (value: unknown): Checked {
  const number = readId(value)
  return number === null ? { fault: 'Expected a whole number.' } : { value: number }
}

/** A whole number that the database can hold; no other is anybody's id. */
export function readId (value: unknown): number | null {
  const number = readInteger(value)
  return number === null || Math.abs(number) > MAX_INTEGER ? null : number
}

/** A whole number, or text that is one. */
export function readInteger (value: unknown): number | null {
  if (typeof value === 'number') return Number.isInteger(value) ? value : null
  return typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : null
}

const TRUE = ['true', '1', 'yes', 'on', 't', 'y']
const FALSE = ['false', '0', 'no', 'off', 'f', 'n']

function checkBoolean (value: unknown): Checked {
  const flag = readBoolean(value)
  return flag === null ? { fault: 'Expected true or false.' } : { value: flag }
}

export function readBoolean (value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  const word = typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : ''
  if (TRUE.includes(word)) return true
  return FALSE.includes(word) ? false : null
}

const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i

function checkDate (value: unknown): Checked {
  const date = typeof value === 'string' && DATE.test(value) ? dateFromWire(withZone(value)) : null
  return date === null ? { fault: 'Expected a date like 2030-01-01T00:00:00Z.' } : { value: date }
}

/** A date without a zone is in UTC, as everything here. */
const withZone = (text: string): string => /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) || text.length === 10 ? text : `${text}Z`
