import type { FastifyInstance } from 'fastify'
import { createInvigilClient, type Fetch, type InvigilClient } from 'invigil/client'
import type { Person } from './people.ts'
import type { Sessions } from './session.ts'

/** How this LMS reaches the service: over its HTTP interface and nothing else, in the name of a person. */
export interface Invigil {
  as (person: Person): InvigilClient
  /** A public file of the service. */
  readFile (path: string): Promise<unknown>
}

export function createInvigil (app: FastifyInstance, { tokenFor }: Pick<Sessions, 'tokenFor'>): Invigil {
  const fetch = fetchFrom(app)
  // the service of the demo is in this process: no request leaves it, so the host's name is of no matter
  const nobody = createInvigilClient({ baseUrl: 'http://invigil.localhost', token: '', fetch })
  return {
    as: person => nobody.as(() => tokenFor(person)),
    readFile: async path => (await fetch(`http://invigil.localhost${path}`, { method: 'GET' })).json(),
  }
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** `fetch` that asks the app without the network. */
function fetchFrom (app: FastifyInstance): Fetch {
  return async (url, { method: wanted, headers, body }) => {
    const method = METHODS.find(known => known === wanted)
    if (!method || (body !== undefined && body !== null && typeof body !== 'string')) throw new Error('Expected a request as the client makes them.')
    const { pathname, search } = new URL(url)
    const { statusCode: status, headers: answered, body: text } = await app.inject({ method, url: pathname + search, headers: Object.fromEntries(new Headers(headers)), ...(body && { payload: body }) })
    const fields = Object.entries(answered).flatMap(([name, value]): [string, string][] => value === undefined ? [] : [[name, String(value)]])
    return new Response(text === '' ? null : text, { status, headers: fields })
  }
}

export function isRecord (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
