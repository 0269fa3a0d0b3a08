import type { Difference } from '../comparison.ts'
import { acceptable } from '../deviation.ts'
import { isObject, parseJson, show, type JsonObject } from '../json.ts'
import { match } from '../matcher.ts'
import { fill, fillText } from '../placeholders.ts'
import type { HttpExpectation, StepOf } from '../schema.ts'
import { callAs, type Reply, type StepRunner, type World } from '../world.ts'
import { firstHeld } from './first-held.ts'

type HttpStep = StepOf<'http'>
interface Content { body?: string | Buffer, headers: Record<string, string> }

export const runHttp: StepRunner<HttpStep> = async (step, world) => {
  const { body, headers } = await encodeBody(step, world)
  const path = fillText(step.path, world.captures) + encodeQuery(step, world)
  const own = Object.fromEntries(Object.entries(step.headers ?? {}).map(([name, value]) => [name.toLowerCase(), fillText(value, world.captures)]))
  const reply = await callAs(world, { as: step.as, method: step.method, path, headers: { ...headers, ...own }, ...(body !== undefined && { body }) })
  const difference = firstHeld(acceptable(step), world, (expected, captures) => compareReply(expected, reply, { ...world, captures }))
  return difference && { difference, came: `${step.method} ${path} was answered ${reply.status} ${show(reply.text)}` }
}

function encodeQuery (step: HttpStep, world: World): string {
  const pairs = Object.entries(step.query ?? {}).map(([name, value]) =>
    `${encodeURIComponent(name)}=${encodeURIComponent(String(fill(value, world.captures)))}`)
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

async function encodeBody (step: HttpStep, world: World): Promise<Content> {
  if (!('body' in step)) return { headers: {} }
  const body = fill(step.body, world.captures)
  switch (step.content_type ?? 'json') {
    case 'form': return { body: new URLSearchParams(asTexts(body)).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    case 'multipart': return encodeMultipart(asTexts(body))
    case 'raw': return { body: String(body), headers: { 'content-type': step.raw_type ?? 'text/plain' } }
    default: return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  }
}

const asTexts = (body: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(isObject(body) ? body : {}).map(([key, value]) => [key, String(value)]))

async function encodeMultipart (fields: Record<string, string>): Promise<Content> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  const encoded = new Response(form)
  return { body: Buffer.from(await encoded.arrayBuffer()), headers: { 'content-type': encoded.headers.get('content-type') ?? '' } }
}

function compareReply (expected: HttpExpectation, reply: Reply, scope: Pick<World, 'captures'>): Difference | null {
  const { status, headers = {}, cookies = {}, empty } = expected
  return match(status, reply.status, scope, 'status') ??
    match({ $subset: headers }, reply.headers, scope, 'headers') ??
    match({ $subset: subsets(cookies) }, Object.fromEntries(reply.cookies), scope, 'cookies') ??
    (empty ? match('', reply.text, scope, 'body') : null) ??
    ('body' in expected ? compareBody(expected.body, reply, scope) : null)
}

const subsets = (rows: JsonObject) => Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, { $subset: row }]))

function compareBody (expected: unknown, { text }: Reply, scope: Pick<World, 'captures'>): Difference | null {
  const parsed = parseJson(text)
  return parsed ? match(expected, parsed.value, scope, 'body') : { path: 'body', expected, actual: text, reason: 'the answer is no JSON' }
}
