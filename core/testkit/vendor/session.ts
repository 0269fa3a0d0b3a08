/** What a vendor answered, as it is. */
export interface Reply {
  readonly status: number
  readonly text: string
  /** Undefined when the body is no JSON. */
  readonly json: unknown
  /** Of a JSON object; empty for anything else. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** A vendor of the REST conventions, asked without any provider between. */
export interface VendorSession {
  readonly baseUrl: string
  requestToken (secret?: string): Promise<Reply>
  send (method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Reply>
  /** What was made there. */
  examId: string | null
  attemptId: string | null
  readonly others: string[]
}

const LIMIT_MS = 15_000

export function signIn ({ baseUrl, clientId, clientSecret }: { baseUrl: string, clientId: string, clientSecret: string }): VendorSession {
  const root = baseUrl.replace(/\/+$/, '')
  let token: Promise<string> | undefined

  const requestToken = (secret = clientSecret) => ask(tokenUrl(root), {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret, token_type: 'jwt' }),
  })
  const getToken = () => (token ??= requestToken().then(({ fields }) => String(fields.access_token)))

  return {
    baseUrl: root,
    requestToken,
    examId: null,
    attemptId: null,
    others: [],
    send: async (method, path, body, headers = {}) => ask(root + path, {
      method,
      headers: { accept: 'application/json', authorization: `JWT ${await getToken()}`, ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    }),
  }
}

/** The address may already name the token endpoint, or the folder it is in. */
function tokenUrl (root: string): string {
  if (root.endsWith('/access_token')) return root
  return root.endsWith('/oauth2') ? `${root}/access_token` : `${root}/oauth2/access_token`
}

async function ask (url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(LIMIT_MS) })
  const text = await response.text()
  const json = parse(text)
  return { status: response.status, text, json, fields: typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : {} }
}

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const describeReply = ({ status, text }: Reply): string => `${status} ${text.slice(0, 160) || '(nothing)'}`
