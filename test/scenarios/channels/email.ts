import type { Difference } from '../comparison.ts'
import { isObject, type JsonObject } from '../json.ts'
import { match } from '../matcher.ts'
import { fill } from '../placeholders.ts'
import type { CompareRow } from './compare.ts'

const BASE_TEMPLATE = /proctoring_attempt_(\w+)_email$/

/** Which variables each of the original's e-mails shows; the others it only knows (contract 03 §5). */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  submitted: ['course_name', 'exam_name', 'course_url'],
  satisfactory: ['course_name', 'exam_name', 'course_url', 'contact_url_text'],
  unsatisfactory: ['course_name', 'exam_name', 'course_url', 'contact_url_text'],
}

/** The template is named in a header of the mail; its variables are seen through the mail itself, where they must stand. */
export const compareEmail: CompareRow = (expected, actual, captures, path) => {
  const { to, from, subject, format, facts } = expected
  const template = String(expected.template).replace(/\.html$/, '')
  const mail = isObject(actual) ? actual : {}
  const headers = isObject(mail.headers) ? mail.headers : {}
  const seen = { to: mail.to, from: mail.from, subject: mail.subject, format: mail.format, template: headers['x-invigil-template'] }
  return match({ to, from, subject, format, template }, seen, { captures }, path) ??
    compareFacts(fill(facts, captures), template, String(mail.body), `${path}.facts`)
}

function compareFacts (facts: unknown, template: string, body: string, path: string): Difference | null {
  const shown = SHOWN[BASE_TEMPLATE.exec(template)?.[1] ?? ''] ?? []
  const text = unescapeHtml(body)
  const values: JsonObject = isObject(facts) ? facts : {}
  // some facts are only known to be texts
  const missing = shown.find(name => typeof values[name] === 'string' && !text.includes(values[name]))
  return missing === undefined ? null : { path: `${path}.${missing}`, expected: { $contains: values[missing] }, actual: text }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'" }

const unescapeHtml = (html: string) => html.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
