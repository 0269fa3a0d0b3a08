import { Check as fits, Default } from 'typebox/value'
import { clip } from '../bench/heard.ts'
import { addressOf, fieldsOf, takesBody, type Request, type Way } from './sample.ts'

/** A request nobody should send. */
export interface BadRequest {
  readonly what: string
  readonly path: string
  readonly payload?: string
  /** The schema refuses it: a 4xx and nothing else will do. */
  readonly isRefused: boolean
}

const ODD: readonly unknown[] = [null, 7, -1, true, [], {}, '', 'x'.repeat(5_000), 'a\0b', '../../etc/passwd', '{{7*7}}', "' or 1=1 --"]
const ODD_TEXTS = ODD.filter(value => typeof value === 'string')
const BROKEN = ['{"half', 'undefined', '<xml/>', '{"__proto__":{"isStaff":true}}', `${'['.repeat(20_000)}${']'.repeat(20_000)}`]

/** Everything that goes wrong with a request, one thing at a time. */
export function badRequests (way: Way, good: Request): BadRequest[] {
  return [...inAddress(way, good, 'params'), ...inAddress(way, good, 'query'), ...takesBody(way) ? inBody(way, good) : []]
}

function inAddress (way: Way, good: Request, part: 'params' | 'query'): BadRequest[] {
  const payload = takesBody(way) ? { payload: JSON.stringify(good.body) } : {}
  return Object.keys(good[part]).flatMap(name => ODD_TEXTS.filter(text => part === 'query' || (text !== '' && text.length < 1_000)).map(text => ({
    what: `${name} ${clip(text)} in the ${part === 'params' ? 'path' : 'query'}`,
    path: addressOf(way, { ...good, [part]: { ...good[part], [name]: text } }),
    isRefused: false,
    ...payload,
  })))
}

function inBody (way: Way, good: Request): BadRequest[] {
  const path = addressOf(way, good)
  const { body: schema } = way.route.schema
  const fields = Object.entries(fieldsOf(good.body))
  const values = [
    ...[null, 7, 'text', [], [null], {}].map(value => [`the body ${clip(value)}`, value] as const),
    ...fields.flatMap(([name]) => ODD.map(odd => [`"${name}" ${clip(odd)}`, { ...fieldsOf(good.body), [name]: odd }] as const)),
    ...fields.map(([name]) => [`no "${name}"`, Object.fromEntries(fields.filter(([other]) => other !== name))] as const),
  ]
  return [
    ...values.map(([what, value]) => ({ what, path, payload: JSON.stringify(value), isRefused: !isTaken(schema, value) })),
    ...BROKEN.map((payload, index) => ({ what: `the body ${clip(payload.slice(0, 40))}`, path, payload, isRefused: index < 3 })),
  ]
}

function isTaken (schema: unknown, value: unknown): boolean {
  const facts = fieldsOf(schema)
  // what another library wrote cannot be foretold
  if (typeof facts.type !== 'string' && !Array.isArray(facts.anyOf)) return true
  return fits({ ...facts }, Default({ ...facts }, structuredClone(value)))
}
