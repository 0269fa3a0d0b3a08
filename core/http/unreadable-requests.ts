import type { Socket } from 'node:net'
import { INV_BAD_REQUEST } from '../errors.ts'

/** Statuses of what Node itself refuses, by its codes. */
const REFUSALS: Readonly<Record<string, { status: string, detail: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', detail: 'The request did not arrive in time.' },
  HPE_HEADER_OVERFLOW: { status: '431 Request Header Fields Too Large', detail: 'The headers and the address of the request are too long.' },
}
const NO_HTTP = { status: '400 Bad Request', detail: 'This is no HTTP request that can be read.' }

/** What is no HTTP never becomes a request, so it is answered on the bare connection, in the words of all other refusals. */
export function answerUnreadable (error: Error & { code?: string }, socket: Pick<Socket, 'destroyed' | 'writable' | 'write' | 'destroy'>): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const { status, detail } = REFUSALS[error.code ?? ''] ?? NO_HTTP
  const body = JSON.stringify({ code: new INV_BAD_REQUEST().code, detail })
  const head = [`HTTP/1.1 ${status}`, 'Content-Type: application/json; charset=utf-8', `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close']
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroy(error)
}
