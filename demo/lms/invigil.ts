import type { FastifyInstance } from 'fastify'
import type { Person } from './people.ts'
import type { Sessions } from './session.ts'

export interface Answer {
  status: number
  headers: Record<string, unknown>
  text: string
  /** Null where the body is no JSON. */
  json: unknown
}

export interface Ask {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  path: string
  body?: object
  language?: string | undefined
}

/** How this LMS reaches the service: over its HTTP interface and nothing else, in the name of a person. */
export type Invigil = (person: Person | null, ask: Ask) => Promise<Answer>

export function createInvigil (app: FastifyInstance, sessions: Pick<Sessions, 'tokenFor'>): Invigil {
  return async (person, { method, path, body, language }) => {
    const response = await app.inject({
      method,
      url: path,
      headers: {
        ...(person && { authorization: `JWT ${await sessions.tokenFor(person)}` }),
        ...(language && { 'accept-language': language }),
      },
      ...(body && { payload: body }),
    })
    return { status: response.statusCode, headers: response.headers, text: response.body, json: readJson(response.body) }
  }
}

function readJson (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The reason of a refusal, for people. */
export function detailOf ({ status, json }: Answer): string {
  const detail = isRecord(json) ? json.detail : undefined
  return `Invigil answered ${status}${typeof detail === 'string' ? `: ${detail}` : '.'}`
}

export function isRecord (value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
