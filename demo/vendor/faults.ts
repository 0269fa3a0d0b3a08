import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { recordCall, type State } from './state.ts'
import type { Operation, Outage } from './switches.ts'
import type { Vendor } from './vendor.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which of the vendor's operations a route is; faults can be limited to one. */
    operation?: Operation
  }
}

const PAGE = '<!doctype html><html lang="en"><title>Maintenance</title><h1>We will be back soon</h1></html>'

/** Makes the API as slow or as broken as the switches say, and notes every call. */
export function addFaults (app: FastifyInstance, { state, tokens, clock }: Vendor): void {
  const struck = new WeakMap<FastifyRequest, Outage>()
  const record = (request: FastifyRequest, result: string, ms: number) => recordCall(state, {
    at: clock.now(),
    direction: 'in',
    what: `${request.method} ${request.url.split('?')[0]}`,
    // a token request holds a secret
    sent: operationOf(request) === 'token' ? undefined : request.body,
    result,
    ms: Math.round(ms),
  })
  const cutLine = (request: FastifyRequest, reply: FastifyReply, result: string) => {
    record(request, result, reply.elapsedTime)
    request.raw.socket.destroy()
  }

  app.addHook('onRequest', async (request, reply) => {
    const { delayMs, outage } = takeFault(state, operationOf(request))
    struck.set(request, outage)
    if (delayMs > 0) await sleep(delayMs)
    if (outage === 'busy') return reply.code(503).send({ error: 'The demo vendor is switched off.' })
    if (outage === 'error') return reply.code(500).send({ error: 'The demo vendor fails.' })
    if (outage === 'html') return reply.type('text/html; charset=utf-8').send(PAGE)
    if (outage === 'expired') tokens.expireAll()
    if (outage === 'cut') {
      reply.hijack()
      cutLine(request, reply, 'line cut')
    }
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const outage = struck.get(request)
    if (outage === 'created' && reply.statusCode === 200) reply.code(201)
    if (outage === 'lost') cutLine(request, reply, 'done, line cut')
    return typeof payload === 'string' ? spoil(payload, outage) : payload
  })
  app.addHook('onResponse', async (request, reply) => {
    if (struck.get(request) !== 'lost') record(request, String(reply.statusCode), reply.elapsedTime)
  })
}

const operationOf = ({ routeOptions }: FastifyRequest): Operation => routeOptions.config.operation ?? 'any'

/** The fault that strikes this call; one that was set for a number of calls is over after the last. */
function takeFault ({ switches }: State, operation: Operation): { delayMs: number, outage: Outage } {
  const { delay_ms: delayMs, outage, only, times } = switches
  const isCalm = outage === 'none' && delayMs === 0
  if (isCalm || (only !== 'any' && only !== operation)) return { delayMs: 0, outage: 'none' }
  if (times === 1) Object.assign(switches, { delay_ms: 0, outage: 'none', only: 'any' })
  if (times > 0) switches.times--
  return { delayMs, outage }
}

function spoil (text: string, outage: Outage | undefined): string {
  if (outage === 'wrong_json') return text.slice(0, text.length / 2)
  if (outage !== 'no_id') return text
  const answer: unknown = JSON.parse(text)
  return typeof answer === 'object' && answer !== null ? JSON.stringify({ ...answer, id: undefined }) : text
}
