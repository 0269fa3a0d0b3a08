import type { FastifyRequest } from 'fastify'
import type { Actor, AttemptRecord } from '../../domain/attempt/attempt.ts'
import { INV_BAD_REQUEST } from '../../errors.ts'
import { assertOwner } from '../../http/access.ts'
import { rankLanguages } from '../../interstitials/texts.ts'
import type { CallOptions } from '../../provider/registry.ts'

/** Who does it, for the history. */
export function actorOf (request: FastifyRequest, kind: Actor['kind']): Actor {
  const { caller } = request
  const who = caller?.kind === 'user' ? { userId: caller.userId, name: caller.username } : { userId: null, name: caller ? caller.provider : 'anonymous' }
  return { kind, ...who, requestId: request.id }
}

/** For use cases that check every fresh read of an attempt. */
export const ownedBy = (request: FastifyRequest) => ({ attempt }: Pick<AttemptRecord, 'attempt'>): void => { assertOwner(request, attempt.userId) }

const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/
/** Any country's form of it is taken for it, as platforms do. */
const DEFAULT_LANGUAGE = 'en'

/** What a look-up at a vendor should know of the request it is made for. */
export const callOptions = (request: FastifyRequest): CallOptions => ({ requestId: request.id, language: preferredLanguage(request) })

export function preferredLanguage ({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const language = rankLanguages(headers['accept-language']).find(tag => LANGUAGE.test(tag)) ?? DEFAULT_LANGUAGE
  return language.startsWith(`${DEFAULT_LANGUAGE}-`) ? DEFAULT_LANGUAGE : language
}

/** The body as an object; lists, numbers and text are refused. */
export function bodyObject ({ body }: Pick<FastifyRequest, 'body'>): Readonly<Record<string, unknown>> {
  if (body === undefined || body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body)) throw new INV_BAD_REQUEST(`The body must be an object, found ${Array.isArray(body) ? 'a list' : typeof body}.`)
  return Object.fromEntries(Object.entries(body))
}
