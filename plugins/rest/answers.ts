import { describe, type VendorAnswer, type VendorRequest } from './session.ts'

/** Worth another try: the vendor is not well, too busy, or our credentials are being replaced. */
const TEMPORARY = new Set([401, 408, 425, 429])
const PAGE = /^\s*</
const EXCERPT_LENGTH = 1000

const isMoved = ({ status }: VendorAnswer) => status >= 300 && status < 400
/** A page is the word of something in front of the API: a gate, a notice of maintenance. The vendor has heard nothing. */
const isPage = ({ ok, text }: VendorAnswer) => ok && PAGE.test(text)

const isTemporary = (answer: VendorAnswer) => answer.status >= 500 || TEMPORARY.has(answer.status) || isMoved(answer)
/** Nothing shows that the vendor has taken in what it was told. */
export const isLost = (answer: VendorAnswer) => isTemporary(answer) || isPage(answer)
export const isGone = ({ status }: VendorAnswer) => status === 404 || status === 410

/** @returns the error for an answer that was not expected; thrown, it makes the host retry an effect */
export function unexpected (request: VendorRequest, answer: VendorAnswer, expected: string): Error {
  return new Error(`${describe(request)}: the vendor answered ${answer.status} ${excerpt(answer.text) || '(nothing)'}; expected ${expected}`)
}

/** The vendor's own words, not its whole page. */
export function excerpt (text: string): string {
  if (PAGE.test(text)) return '(a page of HTML)'
  return text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}…` : text
}

export function asObject (value: unknown): Record<string, unknown> | null {
  // a JSON object has text keys and anything as values
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : null
}

/** Ids are texts here; some vendors count. */
export function asId (value: unknown): string | null {
  return (typeof value === 'string' || typeof value === 'number') && value !== '' ? String(value) : null
}

export const asText = (value: unknown) => typeof value === 'string' && value !== '' ? value : null
