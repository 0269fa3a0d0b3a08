import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { INV_UNAUTHENTICATED } from '../errors.ts'
import type { CallObserver } from '../provider/registry.ts'
import { isSameText } from './same-text.ts'

const HTTP_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const CALL_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export const CIRCUIT_METRIC = 'invigil_provider_circuit_open'

export interface MetricsOptions {
  /** `server.metrics_token`; null = open. */
  token: string | null
  /** How many effects there are in each state, asked at every scrape. */
  countEffects?: () => Promise<Readonly<Record<string, number>>>
  /** Whether each provider's circuit is open in this process, asked at every scrape. */
  openCircuits?: () => Readonly<Record<string, boolean>>
  /** Memory, event loop and garbage collection of this process; one app of a process should report them. */
  processMetrics?: boolean
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Fit for `ProviderRegistry.observe`. */
    metrics: CallObserver & { registry: Registry }
  }
}

/** Serves `/metrics` in the format of Prometheus, from a registry of this app's own. */
const metrics: FastifyPluginCallback<MetricsOptions> = (app, options, done) => {
  const registry = new Registry()
  const http = new Histogram({ name: 'http_request_duration_seconds', help: 'Time to answer a request', labelNames: ['method', 'route', 'status'], buckets: HTTP_SECONDS, registers: [registry] })
  const calls = new Histogram({ name: 'invigil_provider_call_duration_seconds', help: 'Time a call to a provider took', labelNames: ['provider', 'method', 'outcome'], buckets: CALL_SECONDS, registers: [registry] })
  if (options.processMetrics) collectDefaultMetrics({ register: registry })
  if (options.countEffects) addEffectsGauge(registry, options.countEffects, error => app.log.warn({ err: error }, 'effects could not be counted'))

  if (options.openCircuits) addCircuitGauge(registry, options.openCircuits)

  app.decorate('metrics', {
    registry,
    called: ({ provider, method, outcome, ms }) => { calls.observe({ provider, method, outcome }, ms / 1000) },
  })
  app.addHook('onRoute', route => {
    // one closure per route: asking a request for its route costs more than all else here
    route.onResponse = [createObserver(http, route.url), ...[route.onResponse ?? []].flat()]
  })
  const observeUnrouted = createObserver(http, 'none')
  app.addHook('onResponse', (request, reply, next) => {
    if ((reply.statusCode === 404 || reply.statusCode === 405) && request.is404) observeUnrouted(request, reply, next)
    else next()
  })
  app.get('/metrics', { config: { permission: 'public', refuses: ['INV_UNAUTHENTICATED'] }, schema: { hide: true } }, async (request, reply) => {
    if (options.token !== null) assertScraper(request, options.token)
    return reply.type(registry.contentType).send(await registry.metrics())
  })
  done()
}

export default fp(metrics, { name: 'metrics', dependencies: ['permissions'] })

function createObserver (histogram: Histogram<'method' | 'route' | 'status'>, route: string) {
  return function observeResponse ({ method }: FastifyRequest, reply: FastifyReply, next: () => void): void {
    histogram.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    next()
  }
}

function assertScraper ({ headers }: FastifyRequest, token: string): void {
  if (!isSameText(headers.authorization ?? '', `Bearer ${token}`)) throw new INV_UNAUTHENTICATED('Metrics need the header Authorization: Bearer <server.metrics_token>.')
}

function addCircuitGauge (registry: Registry, openCircuits: NonNullable<MetricsOptions['openCircuits']>): void {
  const gauge: Gauge<'provider'> = new Gauge({
    name: CIRCUIT_METRIC,
    help: '1 while a provider failed so often that it is not called',
    labelNames: ['provider'],
    registers: [registry],
    collect () { for (const [provider, isOpen] of Object.entries(openCircuits())) gauge.set({ provider }, isOpen ? 1 : 0) },
  })
}

function addEffectsGauge (registry: Registry, countEffects: NonNullable<MetricsOptions['countEffects']>, onError: (error: unknown) => void): void {
  const gauge: Gauge<'state'> = new Gauge({ name: 'invigil_effects', help: 'Effects by state', labelNames: ['state'], registers: [registry], collect })

  // a database that is down must not hide all other metrics
  async function collect (): Promise<void> {
    gauge.reset()
    try {
      for (const [state, count] of Object.entries(await countEffects())) gauge.set({ state }, count)
    } catch (error) {
      onError(error)
    }
  }
}
