import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { createInvigilClient, type InvigilClient, type InvigilClientOptions } from '../../core/client/index.ts'
import { tokenFor, type Person } from '../helper/app.ts'

interface Teardown { teardown (close: () => Promise<void>): void }

/** The app over real HTTP, and a client in somebody's name. */
export async function connect (app: FastifyInstance, person: Person, options: Partial<InvigilClientOptions> = {}): Promise<InvigilClient> {
  return createInvigilClient({ baseUrl: await listen(app), token: () => tokenFor(person), ...options })
}

export async function listen (app: FastifyInstance): Promise<string> {
  return app.server.listening ? addressOf(app.server.address()) : app.listen({ port: 0, host: '127.0.0.1' })
}

/** Any other server, closed when the test is over. */
export async function serve (t: Teardown, listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) })
  t.teardown(() => new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  }))
  return addressOf(server.address())
}

function addressOf (address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('expected a port')
  return `http://127.0.0.1:${address.port}`
}
