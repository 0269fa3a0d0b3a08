import { reviewBody } from './reviews.ts'
import { recordCall, type ReviewWord, type State } from './state.ts'
import type { VendorOptions } from './vendor.ts'

/** What the vendor tells Invigil. Each answers a sentence for the console, and whether it went well. */
export interface Invigil {
  ready (attemptId: string): Promise<Told>
  review (attemptId: string, status: ReviewWord): Promise<Told>
}
export interface Told { ok: boolean, sentence: string }

interface Signed { value: string, endsAt: number }

const DEADLINE_MS = 10_000
const EARLY_MS = 5_000
const ATTEMPTS = '/api/edx_proctoring/v1/proctored_exam/attempt/'

export function createInvigilClient ({ invigilUrl, callback }: VendorOptions, state: State, clock: { now (): Date }, origin: () => string): Invigil {
  const root = invigilUrl.replace(/\/+$/, '')
  let token: Signed | null = null

  async function call (path: string, init: RequestInit, sent?: object): Promise<Response> {
    const started = Date.now()
    const record = (result: string) => recordCall(state, { at: clock.now(), direction: 'out', what: `${init.method} ${path}`, sent, result, ms: Date.now() - started })
    try {
      const response = await fetch(root + path, { ...init, signal: AbortSignal.timeout(DEADLINE_MS) })
      record(String(response.status))
      return response
    } catch (error) {
      record('no answer')
      throw new Error(`Invigil does not answer at ${root}.`, { cause: error })
    }
  }

  async function signIn (): Promise<Signed> {
    const response = await call('/oauth2/access_token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: callback.client_id, client_secret: callback.client_secret }),
    })
    if (!response.ok) throw new Error(`Invigil answered ${response.status} when the vendor signed in; compare callback.client_id and client_secret on both sides.`)
    // Invigil's own answer, as contract and tests have it
    const { access_token: value, expires_in: life } = await response.json() as { access_token: string, expires_in: number }
    return { value, endsAt: clock.now().getTime() + life * 1000 - EARLY_MS }
  }

  async function post (path: string, json: object): Promise<Response> {
    const fresh = token === null || token.endsAt <= clock.now().getTime()
    const present = fresh || !token ? await signIn() : token
    token = present
    const response = await call(path, {
      method: 'POST',
      headers: { authorization: `JWT ${present.value}`, 'content-type': 'application/json' },
      body: JSON.stringify(json),
    }, json)
    if (fresh || (response.status !== 401 && response.status !== 403)) return response
    // Invigil may have been restarted with other keys
    token = null
    return post(path, json)
  }

  /** What is told twice is told at the same moment, as a vendor does whose first try seemed lost. */
  async function tell (what: string, path: string, json: object): Promise<Told> {
    if (state.switches.callbacks !== 'twice') return tellOnce(what, path, json)
    const [first, second] = await Promise.all([tellOnce(what, path, json), tellOnce(what, path, json)])
    return { ok: first.ok && second.ok, sentence: `Told twice. ${first.sentence} ${second.sentence}` }
  }

  async function tellOnce (what: string, path: string, json: object): Promise<Told> {
    try {
      const response = await post(path, json)
      const text = await response.text()
      return response.ok
        ? { ok: true, sentence: `Invigil took in: ${what}.` }
        : { ok: false, sentence: `Invigil answered ${response.status} to: ${what}. ${text.slice(0, 300)}` }
    } catch (error) {
      return { ok: false, sentence: error instanceof Error ? error.message : String(error) }
    }
  }

  return {
    ready: id => tell(`${id} is ready`, `${ATTEMPTS}${encodeURIComponent(id)}/ready`, { status: 'ready' }),
    review: (id, status) => tell(`the review of ${id} is "${status}"`, `${ATTEMPTS}${encodeURIComponent(id)}/reviewed`, reviewBody(status, id, origin())),
  }
}
