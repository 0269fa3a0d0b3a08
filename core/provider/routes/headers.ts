import type { IncomingHttpHeaders } from 'node:http'

/** The caller's credentials are checked by the host and none of a provider's business; the rest belongs to the connection. */
const KEPT_BACK: ReadonlySet<string> = new Set([
  'authorization', 'proxy-authorization', 'cookie', 'x-csrftoken', 'use-jwt-cookie', 'webhook-signature', 'webhook-client',
  'host', 'connection', 'keep-alive', 'transfer-encoding', 'content-length', 'expect', 'upgrade', 'te', 'trailer',
])

/** A provider answers for itself: what browsers are allowed, remember or are told of this server is the host's to say. */
const PASSED_ON: ReadonlySet<string> = new Set([
  'content-type', 'content-disposition', 'content-language', 'content-encoding', 'location', 'link', 'cache-control', 'etag', 'last-modified', 'expires', 'retry-after', 'allow',
])

export function questionHeaders (headers: IncomingHttpHeaders): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => value === undefined || KEPT_BACK.has(name) ? [] : [[name, value]]))
}

/** Headers that begin with `x-` are passed on too, but for those the host sets. */
export function answerHeaders (headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => {
    const isOwn = name.startsWith('x-') && name !== 'x-request-id' && name !== 'x-content-type-options' && name !== 'x-frame-options'
    return (PASSED_ON.has(name) || isOwn) && value !== undefined ? [[name, String(value)]] : []
  }))
}
