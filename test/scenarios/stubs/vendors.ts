import { parseJson, type JsonObject } from '../json.ts'
import type { StepOf, VendorAnswer } from '../schema.ts'
import { pathPattern, vendorDefault, type Counters } from './vendor-defaults.ts'
import { startServer, type Received, type Reply, type StubServer } from './server.ts'

/** Provider name -> the host it has in the scenario files. */
export const VENDOR_HOSTS: Readonly<Record<string, string>> = {
  test: 'http://vendor.test', plain: 'http://plain.test', software_secure: 'http://rpnow.test',
}

interface Rule { provider: string, method: string, pattern: RegExp, answer: VendorAnswer, left: number }

export interface VendorStubs {
  /** `http://vendor.test` -> `http://127.0.0.1:1234`, for all vendors. */
  readonly origins: ReadonlyMap<string, string>
  addRule (step: StepOf<'vendor'>): void
  takeCalls (): JsonObject[]
  takeTokenCalls (): JsonObject[]
  reset (): void
  close (): Promise<void>
}

/** The vendors' servers: rules of the scenario first (the newest that fits), then the defaults; every call is recorded. */
export async function startVendors (): Promise<VendorStubs> {
  let rules: Rule[] = []
  let calls: JsonObject[] = []
  let tokenCalls: JsonObject[] = []
  let counters: Counters = { exams: 0, attempts: 0 }

  const answer = (provider: string, request: Received): Reply => {
    const path = decodePath(request.path)
    if (path.endsWith('/oauth2/access_token')) tokenCalls.push({ provider, path, form: Object.fromEntries(new URLSearchParams(request.body)) })
    else calls.push(describeCall(provider, path, request))
    const rule = rules.findLast(each => each.provider === provider && each.method === request.method && each.left > 0 && each.pattern.test(path))
    if (!rule) return vendorDefault({ provider, path, request, counters })
    rule.left -= 1
    return toReply(rule.answer)
  }

  const servers = new Map<string, StubServer>()
  for (const provider of Object.keys(VENDOR_HOSTS)) servers.set(provider, await startServer(request => answer(provider, request)))
  const origins = new Map(Object.entries(VENDOR_HOSTS).map(([provider, host]) => [host, servers.get(provider)?.origin ?? host]))

  return {
    origins,
    addRule ({ provider, on, answer, times }) {
      const [method = '', path = ''] = on.split(' ')
      rules.push({ provider, method, pattern: pathPattern(path), answer, left: times ?? Infinity })
    },
    takeCalls: () => calls.splice(0),
    takeTokenCalls: () => tokenCalls.splice(0),
    reset () {
      rules = []
      calls = []
      tokenCalls = []
      counters = { exams: 0, attempts: 0 }
    },
    close: async () => { await Promise.all([...servers.values()].map(server => server.close())) },
  }
}

function toReply (answer: VendorAnswer): Reply {
  if (answer.timeout) return 'hang'
  if (answer.connection_error) return 'break'
  const status = answer.status ?? 200
  return 'json' in answer ? { status, json: answer.json } : { status, text: answer.text ?? '' }
}

/** Percent-encoded and plain forms of an id are the same id. */
function decodePath (path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** The row of `vendor_calls`. `Accept-Language: *` is what a bare fetch sends: nobody chose it. */
function describeCall (provider: string, path: string, { method, query, headers, body }: Received): JsonObject {
  const json = parseJson(body)
  const language = headers['accept-language']
  return {
    provider,
    method,
    path,
    ...(query.size > 0 && { query: Object.fromEntries(query) }),
    ...(json && { json: json.value }),
    ...(language !== undefined && language !== '*' && { accept_language: language }),
    ...(provider === 'software_secure'
      ? { headers: { 'content-type': headers['content-type'], date: headers.date, authorization: headers.authorization } }
      : { authorization: headers.authorization?.split(' ')[0] ?? null }),
    ...(headers['x-request-id'] !== undefined && { x_request_id: headers['x-request-id'] }),
  }
}
