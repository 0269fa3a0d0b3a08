import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyServerOptions } from 'fastify'
import type { Config } from '../config/schema.ts'
import { answerError } from './errors.ts'
import { BODY_LIMIT } from './limits.ts'
import { RequestLog } from './request-log.ts'
import { buildSerializer } from './serializer.ts'
import { answerUnreadable } from './unreadable-requests.ts'

const SANE_REQUEST_ID = /^[\w.:~+/=@-]{1,128}$/

/** The caller's own request id when it is harmless in logs and headers, else a new one. */
export function chooseRequestId ({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : randomUUID()
}

/** What must be said to `Fastify()` itself; all else is said by plugins. */
export function buildServerOptions ({ server }: Pick<Config, 'server'>) {
  return {
    bodyLimit: BODY_LIMIT,
    genReqId: chooseRequestId,
    logController: new RequestLog(),
    trustProxy: server.trusted_proxies.length > 0 ? [...server.trusted_proxies] : false,
    // course and usage keys are long, more so when they are percent-encoded
    routerOptions: { maxParamLength: 1024 },
    clientErrorHandler: answerUnreadable,
    schemaController: { compilersFactory: { buildSerializer } },
    // a URL that cannot be read never reaches the error handler
    frameworkErrors: (error, request, reply) => { answerError(error, request, reply) },
  } satisfies FastifyServerOptions
}
