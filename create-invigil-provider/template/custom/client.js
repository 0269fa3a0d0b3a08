// @ts-check
import { refuse } from 'invigil/provider'

/** @typedef {import('invigil/provider').CallInfo} CallInfo */
/** @typedef {{ url: string, token: string, fetch: import('invigil/provider').FetchLike }} ClientSettings */

/**
 * Your API. What makes a call safe is here, once:
 * it ends when the core's deadline does; a repetition carries the same key; a refusal says why; everything else is thrown, and the core tries effects again.
 * @param {ClientSettings} settings
 */
export function createClient ({ url, token, fetch }) {
  /**
   * @param {'GET' | 'POST' | 'DELETE'} method
   * @param {string} path
   * @param {CallInfo} call
   * @param {{ body?: object, key?: string | null }} [extras]
   * @returns {Promise<Record<string, unknown>>}
   */
  async function send (method, path, { signal, requestId, idempotencyKey }, { body, key = idempotencyKey } = {}) {
    const response = await fetch(new URL(path, url), {
      method,
      signal,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
        ...(key && { 'idempotency-key': key }),
        ...(requestId && { 'x-request-id': requestId }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const answer = await readObject(response)
    if (response.ok) return answer
    throw refuse(response.status, typeof answer.error === 'string' ? answer.error : `Acme Proctoring answered ${response.status} to ${method} ${path}`)
  }

  return { send }
}

/**
 * A body that is no JSON object counts as an empty one: a proxy's error page, a 204. One that breaks off is thrown: nobody knows what it said.
 * @param {Response} response
 * @returns {Promise<Record<string, unknown>>}
 */
async function readObject (response) {
  const text = await response.text()
  try {
    /** @type {unknown} */
    const body = JSON.parse(text)
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {}
  } catch {
    return {}
  }
}

/** True for what `refuse` made of a 404 or 410: the vendor does not have it any more. @param {unknown} error */
export const isGone = error => error instanceof Error && 'status' in error && (error.status === 404 || error.status === 410)
