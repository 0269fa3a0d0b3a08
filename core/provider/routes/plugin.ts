import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { assertOwnVendor } from '../../http/access.ts'
import type { Permission } from '../../http/permissions.ts'
import { BODY_LIMIT } from '../../http/limits.ts'
import { OPEN_CALLBACK_RATE } from '../../http/rate-limits.ts'
import type { RoutePermission, RouteSender } from '../contract.ts'
import { createIdleError } from '../idle-provider.ts'
import type { LoadedProvider, ProviderRoutes } from '../registry.ts'
import type { DeclaredRoute } from './declared.ts'
import { documentRoute } from './document-route.ts'
import { answerHeaders, questionHeaders } from './headers.ts'

export interface ProviderRoutesOptions {
  /** The pseudonym of a user for a provider. */
  obscure (userId: number, provider: string): string
}

/** What the words of providers are in the house. */
const IN_THE_HOUSE: Readonly<Record<RoutePermission, Permission>> = { public: 'public', vendor: 'own-vendor', authenticated: 'authenticated', staff: 'staff' }

export const rootOf = (provider: string): string => `/api/providers/${provider}`

/** Mounts the routes that providers declare. Register it last: whatever it does comes after the house's own. */
export default fp<ProviderRoutesOptions>(async (app, { obscure }) => {
  for (const provider of app.providers.list()) {
    await app.register(async scope => {
      if (provider.state !== 'ready') refuseAll(scope, provider.name, provider.state)
      else if (provider.routes) mount(scope, provider, provider.routes, obscure)
    }, { prefix: rootOf(provider.name) })
  }
}, { name: 'provider-routes', dependencies: ['providers', 'permissions', 'rate-limits'] })

/** A vendor that still calls is told why nobody answers. */
function refuseAll (scope: FastifyInstance, name: string, state: 'disabled' | 'retired'): void {
  for (const url of ['/', '/*']) {
    scope.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url,
      config: { permission: 'public' },
      schema: { hide: true },
      handler: async () => { throw createIdleError(name, state) },
    })
  }
}

function mount (scope: FastifyInstance, provider: LoadedProvider, routes: ProviderRoutes, obscure: ProviderRoutesOptions['obscure']): void {
  const bodies = new WeakMap<FastifyRequest, Buffer>()
  // bytes are handed on as they came; the provider's own parsers read them
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (request, body: Buffer, done) => {
    bodies.set(request, body)
    done(null, {})
  })
  for (const route of routes.table) {
    scope.route({
      method: [...route.methods],
      url: route.url,
      config: { permission: IN_THE_HOUSE[route.permission], ...route.permission === 'public' && { rateLimit: OPEN_CALLBACK_RATE } },
      schema: documentRoute(provider.name, route),
      // described here, checked by the provider's own Fastify
      validatorCompiler: () => () => true,
      serializerCompiler: () => data => String(data),
      async handler (request, reply) {
        const answer = await routes.ask({ ...readQuestion(request, route), body: bodies.get(request) ?? null, sender: readSender(request, route.permission, provider.name, obscure) })
        return reply.code(answer.status).headers(answerHeaders(answer.headers)).send(answer.body)
      },
    })
  }
}

function readQuestion (request: FastifyRequest, { url, methods }: DeclaredRoute) {
  const method = methods.find(one => one === request.method) ?? 'HEAD' // the one that comes with GET
  // by segments, not by length: some clients percent-encode letters
  const path = `/${request.url.split('/').slice(4).join('/')}`
  return { method, url, path, headers: questionHeaders(request.headers), requestId: request.id, language: request.headers['accept-language']?.split(/[,;]/)[0]?.trim() }
}

function readSender (request: FastifyRequest, permission: RoutePermission, provider: string, obscure: ProviderRoutesOptions['obscure']): RouteSender | null {
  if (permission === 'public') return null
  if (permission === 'vendor') assertOwnVendor(request, provider)
  const { caller } = request
  if (caller?.kind !== 'user') return caller && Object.freeze({ kind: 'vendor' })
  return Object.freeze({ kind: caller.isStaff ? 'staff' : 'learner', userId: obscure(caller.userId, provider) })
}
