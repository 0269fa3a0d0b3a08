import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { recordCall, type State } from './state.ts'

const pathOf = (url: string) => url.split('?')[0] ?? url

/** Makes the API as slow or as broken as the console asks, and notes every call. */
export function addFaults (app: FastifyInstance, state: State, clock: { now (): Date }): void {
  const record = (method: string, url: string, result: string, ms: number) =>
    recordCall(state, { at: clock.now(), direction: 'in', what: `${method} ${pathOf(url)}`, result, ms: Math.round(ms) })

  app.addHook('onRequest', async (request, reply) => {
    const { delayMs, outage } = state.switches
    if (delayMs > 0) await sleep(delayMs)
    if (outage === 'busy') return reply.code(503).send({ error: 'The demo vendor is switched off.' })
    if (outage === 'cut') {
      record(request.method, request.url, 'line cut', delayMs)
      reply.hijack()
      request.raw.socket.destroy()
    }
  })
  app.addHook('onResponse', async (request, reply) => record(request.method, request.url, String(reply.statusCode), reply.elapsedTime))
}
