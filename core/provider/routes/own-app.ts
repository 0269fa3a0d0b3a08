import { AsyncLocalStorage } from 'node:async_hooks'
import { Readable, Transform, pipeline } from 'node:stream'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify'
import { INV_NOT_FOUND } from '../../errors.ts'
import bodyParsers from '../../http/body-parsers.ts'
import { BODY_LIMIT } from '../../http/limits.ts'
import validator from '../../http/validator.ts'
import { ROUTE_ANSWER_LIMIT, type CallInfo, type ProviderLog, type RouteSender } from '../contract.ts'

/** One request on its way through the routes of a provider. */
export interface Exchange {
  readonly call: CallInfo
  readonly sender: RouteSender | null
  /** The route the host has chosen and checked the permission of. */
  readonly url: string
  /** What the handler threw. */
  failure: { readonly thrown: unknown } | null
}

/** The requests under way; a request that comes on another way belongs to nobody and finds nothing. */
export const exchanges = new AsyncLocalStorage<Exchange>()

/**
 * A Fastify that belongs to one provider: it never listens, holds nothing of the host, and is reached through `inject` only. Whatever a plugin
 * does to it, with or without `fastify-plugin`, stays in it.
 */
export async function createOwnApp (log: ProviderLog): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: createLogger(log),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    // the host's own deadline holds; a hanging plugin is named there
    pluginTimeout: 0,
    routerOptions: { maxParamLength: 1024 },
  })
  await app.register(bodyParsers)
  await app.register(validator)
  introduceExchange(app)
  app.setErrorHandler((thrown, request, reply) => {
    const exchange = known.get(request) ?? exchanges.getStore()
    if (exchange) exchange.failure = { thrown }
    return reply.code(500).send()
  })
  app.addHook('onSend', async (_request, _reply, payload) => payload instanceof Readable ? limitStream(payload) : payload)
  return app
}

const known = new WeakMap<FastifyRequest, Exchange>()

function introduceExchange (app: FastifyInstance): void {
  app.decorateRequest('call', { getter () { return getExchange(this).call } })
  app.decorateRequest('sender', { getter () { return getExchange(this).sender } })
  app.addHook('onRequest', async request => {
    const exchange = exchanges.getStore()
    // the permission was checked for one route: the same request must not end at another
    if (!exchange || exchange.url !== request.routeOptions.url) throw new INV_NOT_FOUND(`There is nothing at ${request.url}.`)
    known.set(request, exchange)
  })
}

function getExchange (request: FastifyRequest): Exchange {
  const exchange = known.get(request)
  if (!exchange) throw new INV_NOT_FOUND('Routes of a provider are asked through the host.')
  return exchange
}

function limitStream (payload: Readable): Readable {
  let left = ROUTE_ANSWER_LIMIT
  const limited = new Transform({
    transform (chunk: Buffer, _encoding, done) {
      left -= chunk.length
      done(left < 0 ? new Error(`the answer has more than ${ROUTE_ANSWER_LIMIT} bytes`) : null, chunk)
    },
  })
  // its failure is the failure of `limited`, which Fastify looks after
  pipeline(payload, limited, () => {})
  return limited
}

/** The provider's log in the form Fastify asks for. */
function createLogger (log: ProviderLog, bound: object = {}): FastifyBaseLogger {
  const write = (level: keyof ProviderLog) => (fields: unknown, message?: string) => {
    if (typeof fields === 'string') log[level](bound, fields)
    else if (fields instanceof Error) log[level]({ ...bound, err: fields }, message ?? fields.message)
    else log[level]({ ...bound, ...Object(fields) }, message)
  }
  return {
    level: 'debug',
    silent: () => {},
    trace: () => {},
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    fatal: write('error'),
    child: bindings => createLogger(log, { ...bound, ...bindings }),
  }
}
