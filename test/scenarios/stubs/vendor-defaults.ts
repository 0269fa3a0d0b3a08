import { isObject, parseJson } from '../json.ts'
import type { Received, Reply } from './server.ts'

/** Ids are given out in order, one row for exams and one for attempts, shared by all vendors. */
export interface Counters { exams: number, attempts: number }

interface Asked { provider: string, path: string, request: Received, counters: Counters }
interface Default { method: string, pattern: RegExp, answer: (asked: Asked) => unknown }

/** `{x}` stands for one path segment, `…` for any beginning. */
export function pathPattern (path: string): RegExp {
  const source = path.split(/(\{\w+\}|…)/).map(part => {
    if (part === '…') return '.*'
    return part.startsWith('{') ? '[^/]+' : part.replace(/[^\w/-]/g, '\\$&')
  })
  return new RegExp(`^${source.join('')}$`)
}

const row = (on: string, answer: Default['answer']): Default => {
  const [method = '', path = ''] = on.split(' ')
  return { method, pattern: pathPattern(path), answer }
}

const sentStatus = (body: string): unknown => {
  const sent = parseJson(body)?.value
  return isObject(sent) ? sent.status : undefined
}
const lastSegment = (path: string) => path.split('/').filter(Boolean).at(-1) ?? ''

/** What a well-behaved vendor answers; recorded/FORMAT.md §4.4. */
const DEFAULTS: readonly Default[] = [
  row('POST …/oauth2/access_token', ({ provider }) => ({ access_token: `${provider}-token`, expires_in: 3600 })),
  row('GET /api/v1/config/', ({ provider }) => ({
    name: provider,
    download_url: `http://${provider}.example/download`,
    rules: { allow_notes: 'Notes allowed' },
    instructions: ['Install', 'Sign in'],
  })),
  row('POST /api/v1/exam/', ({ counters }) => ({ id: `px-${++counters.exams}` })),
  row('POST /api/v1/exam/{exam}/', ({ path }) => ({ id: lastSegment(path) })),
  row('POST …/attempt/', ({ counters }) => ({ id: `pa-${++counters.attempts}` })),
  row('POST /register', ({ counters }) => ({ ssiRecordLocator: `rp-${++counters.attempts}` })),
  row('PATCH …/attempt/{attempt}/', ({ request }) => ({ status: sentStatus(request.body) })),
  row('GET …/attempt/{attempt}/', ({ provider, path }) => ({
    id: lastSegment(path),
    download_url: `http://${provider}.example/download/${lastSegment(path)}`,
    instructions: ['Install', 'Sign in'],
  })),
  row('DELETE …/attempt/{attempt}/', () => ({ status: 'deleted' })),
  row('DELETE /api/v1/user/{user}/', () => true),
  row('GET …/onboarding_statuses', () => ({ results: [] })),
]

export function vendorDefault (asked: Asked): Reply {
  const found = DEFAULTS.find(each => each.method === asked.request.method && each.pattern.test(asked.path))
  return found ? { status: 200, json: found.answer(asked) } : { status: 404, json: { error: 'there is nothing here' } }
}
