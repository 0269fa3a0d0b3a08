import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger } from 'fastify'

/** Resolves when the thing it looks at works. */
export type HealthCheck = () => Promise<unknown>

export interface HealthRouteOptions {
  /** What must work for this process to serve: name -> check. */
  checks: Readonly<Record<string, HealthCheck>>
  timeoutMs?: number
}

const State = Type.Union([Type.Literal('ok'), Type.Literal('failed')])
const LiveSchema = Type.Object({ status: Type.Literal('ok') })
const ReadySchema = Type.Object({ status: State, checks: Type.Record(Type.String(), State) })
const OldHealthSchema = Type.Object({ overall_status: Type.String(), detailed_status: Type.Record(Type.String(), Type.String()) })

/** `/health/live`: the process turns. `/health/ready`: it can serve. `/health/`: the same in the words of the exams service's clients. */
const health: FastifyPluginAsyncTypebox<HealthRouteOptions> = async (app, { checks, timeoutMs = 2_000 }) => {
  const config = { permission: 'public' } as const
  const tags = ['operations']

  app.get('/health/live', { config, schema: { tags, summary: 'Is the process alive?', response: { 200: LiveSchema } } }, async () => ({ status: 'ok' as const }))

  app.get('/health/ready', { config, schema: { tags, summary: 'Can it serve?', response: { 200: ReadySchema, 503: ReadySchema } } }, async (request, reply) => {
    const result = await runChecks(checks, timeoutMs, request.log)
    return reply.code(result.status === 'ok' ? 200 : 503).send(result)
  })

  app.get('/health/', { config, schema: { tags, summary: 'Can it serve? (exams service)', response: { 200: OldHealthSchema, 503: OldHealthSchema } } }, async (request, reply) => {
    const { status, checks: states } = await runChecks(checks, timeoutMs, request.log)
    const word = (state: string) => state === 'ok' ? 'OK' : 'UNAVAILABLE'
    const details = Object.fromEntries(Object.entries(states).map(([name, state]) => [`${name}_status`, word(state)]))
    return reply.code(status === 'ok' ? 200 : 503).send({ overall_status: word(status), detailed_status: details })
  })
}

export default health

/** Runs all checks side by side. Why one failed stands in the log: the answer is for strangers. */
async function runChecks (checks: HealthRouteOptions['checks'], timeoutMs: number, log: FastifyBaseLogger) {
  const states = await Promise.all(Object.entries(checks).map(async ([name, check]) => {
    try {
      await within(timeoutMs, check())
      return [name, 'ok'] as const
    } catch (error) {
      log.error({ err: error, check: name }, 'health check failed')
      return [name, 'failed'] as const
    }
  }))
  const status = states.every(([, state]) => state === 'ok') ? 'ok' as const : 'failed' as const
  return { status, checks: Object.fromEntries(states) }
}

async function within (ms: number, work: Promise<unknown>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
