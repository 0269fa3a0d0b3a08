import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestScope } from './database.ts'

export interface Received { path: string, headers: IncomingHttpHeaders, text: string, json: unknown, at: number }
export interface Answer { status?: number, json?: unknown, text?: string, delayMs?: number }

export interface Receiver {
  readonly url: string
  readonly received: Received[]
  /** From now on every request is answered so; the default is 200 with `null`. */
  answer (how: (request: Received) => Answer): void
  /** Stops listening; `up` comes back on the same port. */
  down (): Promise<void>
  up (): Promise<void>
}

/** A real HTTP server on loopback that keeps what it gets. */
export async function startReceiver (t: TestScope): Promise<Receiver> {
  const received: Received[] = []
  let decide: (request: Received) => Answer = () => ({})
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const entry = { path: request.url ?? '', headers: request.headers, text, json: parse(text), at: performance.now() }
      received.push(entry)
      const { status = 200, json = null, text: body = JSON.stringify(json), delayMs = 0 } = decide(entry)
      setTimeout(() => response.writeHead(status, { 'content-type': 'application/json' }).end(body), delayMs).unref()
    })
  })
  await listen(server, 0)
  const { port } = server.address() as AddressInfo // a server that listens on TCP has no other kind of address
  t.teardown(() => close(server))
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answer (how) { decide = how },
    down: () => close(server),
    up: () => listen(server, port),
  }
}

function listen (server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close (server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise(resolve => { server.close(() => resolve()) })
}

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
