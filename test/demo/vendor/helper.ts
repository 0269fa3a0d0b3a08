import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { startVendor } from '../../../demo/vendor/index.ts'
import type { VendorOptions } from '../../../demo/vendor/index.ts'

export const CLIENT = { clientId: 'invigil-demo', clientSecret: 'the-secret-of-invigil-at-the-vendor' }
export const CALLBACK = { client_id: 'demo-vendor', client_secret: 'the-secret-of-the-vendor-at-invigil' }

/** Just enough of Invigil's callbacks to see what a vendor says to it. */
export async function startInvigil (t: Test) {
  const callbacks: { path: string, authorization: string | undefined, json: unknown }[] = []
  const signIns: Record<string, string>[] = []
  const state = { status: 200, tokens: new Set<string>() }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const answer = (status: number, json: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
    if (request.url === '/oauth2/access_token') {
      const form = Object.fromEntries(new URLSearchParams(text))
      signIns.push(form)
      if (form.client_secret !== CALLBACK.client_secret) return answer(401, { error: 'invalid_client' })
      const token = `token-${signIns.length}`
      state.tokens.add(token)
      return answer(200, { access_token: token, token_type: 'JWT', expires_in: 3600 })
    }
    const { authorization } = request.headers
    if (!state.tokens.has(authorization?.replace(/^JWT /, '') ?? '')) return answer(403, { detail: 'who are you?' })
    callbacks.push({ path: request.url ?? '', authorization, json: JSON.parse(text) })
    answer(state.status, state.status === 200 ? 'OK' : { detail: 'no' })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => { server.closeAllConnections(); server.close() })
  // a TCP server has an address with a port once it listens
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, callbacks, signIns, state }
}

/** The demo vendor, listening, with a signed-in caller. */
export async function startDemoVendor (t: Test, changes: Partial<VendorOptions> = {}) {
  const options = { invigilUrl: 'http://127.0.0.1:1', callback: CALLBACK, ...CLIENT, ...changes }
  const vendor = await startVendor({ port: 0, ...options })
  t.teardown(() => vendor.close())
  const token = await signIn(vendor.url, options)
  const call = (method: string, path: string, json?: object, headers: Record<string, string> = {}) => fetch(vendor.url + path, {
    method,
    headers: { authorization: `JWT ${token}`, ...(json && { 'content-type': 'application/json' }), ...headers },
    ...(json && { body: JSON.stringify(json) }),
  })
  return { url: vendor.url, call, ...shortcuts(vendor.url, call) }
}

function shortcuts (url: string, call: (method: string, path: string, json?: object, headers?: Record<string, string>) => Promise<Response>) {
  return {
    /** The id of a new thing. */
    create: async (path: string, json: object): Promise<string> => {
      const { id }: { id: string } = await (await call('POST', path, json)).json()
      return id
    },
    /** Sends a form of one of the pages; a redirect is not followed. */
    press: (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      fetch(url + path, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' }),
    page: async (path: string) => (await fetch(url + path)).text(),
  }
}

async function signIn (url: string, { clientId, clientSecret }: typeof CLIENT): Promise<string> {
  const response = await fetch(`${url}/oauth2/access_token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
  })
  const { access_token: token }: { access_token: string } = await response.json()
  return token
}

export const EXAM = { id: 7, course_id: 'course-v1:A+B+C', exam_name: 'Midterm', time_limit_mins: 90, is_practice_exam: false, due_date: null }
export const PRACTICE = { ...EXAM, id: 8, exam_name: 'Onboarding', is_practice_exam: true }
export const LEARNER = { user_id: 'u1', full_name: 'Ada <Lovelace>', email: null, time_limit_mins: 90, is_sample_attempt: false, lms_host: 'https://lms.test', status: 'created' }
