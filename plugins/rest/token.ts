import type { FetchLike } from 'invigil/provider'

export interface TokenSource {
  /** The present token; fetched when there is none or it is about to expire. Simultaneous callers share one request. */
  get (): Promise<string>
  /** The vendor refused this token: the next `get` fetches another. */
  forget (token: string): void
}

interface TokenSettings {
  url: string
  clientId: string
  clientSecret: string
  userAgent: string
  fetch: FetchLike
  clock: { now (): Date }
}
interface Token { value: string, expiresAt: number }

const TOKEN_DEADLINE_MS = 8_000
const EARLY_MS = 5_000
const USUAL_LIFE_SECONDS = 300

/** Address of the token endpoint for an API root, which may already point at it. */
export function tokenUrl (root: string): string {
  const url = root.replace(/\/+$/, '')
  if (url.endsWith('/access_token')) return root
  return url.endsWith('/oauth2') ? `${url}/access_token` : `${url}/oauth2/access_token`
}

export function createTokenSource (settings: TokenSettings): TokenSource {
  let current: Token | null = null
  let pending: Promise<Token> | null = null

  async function refresh (): Promise<Token> {
    try {
      current = await requestToken(settings)
      return current
    } finally {
      pending = null
    }
  }

  return {
    async get () {
      if (current && settings.clock.now().getTime() < current.expiresAt - EARLY_MS) return current.value
      pending ??= refresh()
      return (await pending).value
    },
    forget (token) {
      if (current?.value === token) current = null
    },
  }
}

async function requestToken ({ url, clientId, clientSecret, userAgent, fetch, clock }: TokenSettings): Promise<Token> {
  const asked = clock.now().getTime()
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'user-agent': userAgent, accept: 'application/json' },
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, token_type: 'jwt' }),
    // the secret goes to the address the operator named, and to no other
    redirect: 'manual',
    // a limit of its own: other callers may be waiting for the same token
    signal: AbortSignal.timeout(TOKEN_DEADLINE_MS),
  }).catch((cause: unknown) => { throw new Error(`the token endpoint ${url} cannot be reached`, { cause }) })
  const text = await response.text()
  if (!response.ok) {
    throw new Error(`the token endpoint ${url} answered ${response.status}; expected 200. Check client_id, client_secret and base_url of this provider`)
  }
  const { value, life } = readToken(text, url)
  return { value, expiresAt: asked + life * 1000 }
}

function readToken (text: string, url: string): { value: string, life: number } {
  const answer = parse(text)
  const value = answer?.['access_token']
  if (typeof value !== 'string' || value === '') throw new Error(`the token endpoint ${url} answered without access_token; expected JSON {access_token, expires_in}`)
  const life = Number(answer?.['expires_in'] ?? USUAL_LIFE_SECONDS)
  return { value, life: Number.isFinite(life) ? life : USUAL_LIFE_SECONDS }
}

function parse (text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
