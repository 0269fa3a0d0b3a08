import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { INV_NOT_FOUND } from '../../errors.ts'
import { reportProviders, type MissingProvider, type ProviderReport } from '../../operate/report.ts'
import { toldTroubles } from '../../operate/told.ts'
import { MissingProviderSchema, ProviderSchema } from '../../schemas/providers.ts'
import { snakeKeys } from '../../snake-case.ts'

const NameParams = Type.Object({ name: Type.String({ maxLength: 255 }) })
const RetriedSchema = Type.Object({ retried: Type.Integer({ description: 'effects that are due now' }) })

/** The vendors this process has loaded, how they do, and "send all of it again". Relative to `/api/invigil/v1`. */
const providerRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/providers', {
    config: { permission: 'staff' },
    schema: {
      tags: ['native'],
      summary: 'Providers with their health; calls and circuits are those of the process that answers',
      response: { 200: Type.Object({ providers: Type.Array(ProviderSchema), missing: Type.Array(MissingProviderSchema, { description: 'names that exams, attempts or effects have and the configuration has not' }) }) },
    },
  }, async () => {
    const { providers, missing } = await reportProviders(app)
    return { providers: providers.map(onWire), missing: missing.map(missingOnWire) }
  })

  app.get('/providers/:name', {
    config: { permission: 'staff' },
    schema: { tags: ['native'], summary: 'One provider', params: NameParams, response: { 200: ProviderSchema } },
  }, async ({ params }) => {
    const { providers } = await reportProviders(app)
    const found = providers.find(({ name }) => name === params.name)
    if (!found) throw noProvider(params.name)
    return onWire(found)
  })

  app.post('/providers/:name/retry_effects', {
    config: { permission: 'staff' },
    schema: { tags: ['effects'], summary: 'Send everything again that was given up or waits for this provider', params: NameParams, response: { 200: RetriedSchema } },
  }, async ({ params }) => {
    const { providers, missing } = await reportProviders(app)
    if (![...providers, ...missing].some(({ name }) => name === params.name)) throw noProvider(params.name)
    return { retried: await app.effects.retryForProvider(params.name) }
  })

  const noProvider = (name: string) => new INV_NOT_FOUND(`There is no provider "${name}"; there are: ${app.providers.list().map(provider => provider.name).join(', ') || 'none'}.`)
  const translate = app.renderer.translator(null, 'en')

  function onWire ({ health, attributes, queue, troubles, allowList, ...view }: ProviderReport) {
    return {
      name: view.name,
      is_default: view.isDefault,
      state: view.state,
      package: view.package,
      version: view.version,
      entry_point: view.entryPoint,
      contract: view.contract,
      attributes: snakeKeys(attributes),
      capabilities: [...view.capabilities],
      serves: { courses: listed(allowList.courses), organizations: listed(allowList.organizations) },
      health: { circuit: health.circuit, retry_at: health.retryAt, pending: health.pending, counts: { ...health.counts }, p50_ms: health.p50Ms, last_errors: [...health.lastErrors] },
      faults: [...view.faults],
      queue: { pending: queue.pending, dead: queue.dead, oldest_pending_seconds: queue.oldestPendingSeconds },
      exams: view.exams,
      live_attempts: view.liveAttempts,
      troubles: toldTroubles(troubles, translate).map(({ code, severity, what, todo }) => ({ code, severity, what, todo })),
    }
  }
}

export default providerRoutes

const listed = (texts: readonly string[] | undefined): string[] | null => texts ? [...texts] : null

const missingOnWire = ({ name, exams, liveAttempts, queue }: MissingProvider) =>
  ({ name, exams, live_attempts: liveAttempts, queue: { pending: queue.pending, dead: queue.dead, oldest_pending_seconds: queue.oldestPendingSeconds } })
