import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Server as NetServer } from 'node:net'

export interface Received {
  method: string
  /** As sent, without the query. */
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: string
}

/** What a stub answers; `hang` never answers, `break` cuts the connection. */
export type Reply = { status: number, json?: unknown, text?: string } | 'hang' | 'break'

export interface StubServer { origin: string, close (): Promise<void> }

/** A real server on loopback that answers what `answer` says. */
export async function startServer (answer: (request: Received) => Reply): Promise<StubServer> {
  const server = createServer((request, response) => {
    receive(request).then(
      received => reply(response, answer(received)),
      error => reply(response, { status: 500, text: `the stub failed: ${String(error)}` }),
    )
  })
  const port = await listen(server)
  return { origin: `http://127.0.0.1:${port}`, close: () => closeServer(server) }
}

export async function listen (server: NetServer): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port // a TCP server that listens always has such an address
}

async function closeServer (server: Server): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}

async function receive (request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2)
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

function reply (response: ServerResponse, answer: Reply): void {
  if (answer === 'hang') return
  if (answer === 'break') {
    response.destroy()
    return
  }
  const isJson = 'json' in answer
  response.writeHead(answer.status, { 'content-type': isJson ? 'application/json' : 'text/plain; charset=utf-8' })
  response.end(isJson ? JSON.stringify(answer.json) : answer.text ?? '')
}
