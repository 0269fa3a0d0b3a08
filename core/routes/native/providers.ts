import { Type, type FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { backlogByProvider } from '../../effects/backlog.ts'
import { viewProvider, type ProviderView } from '../../provider/view.ts'
import { snakeKeys } from '../../snake-case.ts'

const NullableText = Type.Union([Type.String(), Type.Null()])
const Count = Type.Integer()

const HealthSchema = Type.Object({
  circuit: Type.Enum(['closed', 'open', 'half-open'], { description: 'open = the vendor failed too often and is left alone for a while' }),
  retry_at: NullableText,
  pending: Count,
  counts: Type.Record(Type.String(), Count),
  p50_ms: Type.Union([Type.Number(), Type.Null()]),
  last_errors: Type.Array(Type.Object({ at: Type.String(), method: Type.String(), code: Type.String(), message: Type.String() }), { description: 'newest first' }),
})
const ProviderSchema = Type.Object({
  name: Type.String(),
  is_default: Type.Boolean(),
  state: Type.Enum(['ready', 'disabled', 'retired']),
  package: NullableText,
  version: NullableText,
  entry_point: NullableText,
  contract: NullableText,
  attributes: Type.Record(Type.String(), Type.Unknown(), { description: 'secrets only as "set"' }),
  capabilities: Type.Array(Type.String()),
  health: HealthSchema,
  faults: Type.Array(Type.String()),
  queue: Type.Object({ pending: Count, dead: Count }, { description: 'effects that wait for this vendor, of all processes' }),
}, { title: 'Provider' })

/** The vendors this process has loaded and how they do. */
const providerRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get('/providers', {
    config: { permission: 'staff' },
    schema: {
      tags: ['native'],
      summary: 'Providers with their health; calls and circuits are those of the process that answers',
      response: { 200: Type.Object({ providers: Type.Array(ProviderSchema) }) },
    },
  }, async () => {
    const backlog = await backlogByProvider(app.db)
    const { defaultName } = app.providers
    return { providers: app.providers.list().map(provider => onWire(viewProvider(provider, defaultName), backlog.get(provider.name))) }
  })
}

export default providerRoutes

function onWire ({ health, attributes, ...view }: ProviderView, queue = { pending: 0, dead: 0 }) {
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
    health: { circuit: health.circuit, retry_at: health.retryAt, pending: health.pending, counts: { ...health.counts }, p50_ms: health.p50Ms, last_errors: [...health.lastErrors] },
    faults: [...view.faults],
    queue,
  }
}
