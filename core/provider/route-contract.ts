import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify'
// for the types it adds to Fastify: `config.permission` of a route
import type {} from '../http/permissions.ts'

/**
 * Who may call a route of a provider; each route states one as `config: { permission }`.
 *
 * - `public`: anybody, unauthenticated; at most 300 calls a minute from one address
 * - `vendor`: this provider's own callback client, by OAuth2 token or signed call; nobody else, staff included
 * - `authenticated`: any user of the platform
 * - `staff`: global staff of the platform
 */
export const ROUTE_PERMISSIONS = ['public', 'vendor', 'authenticated', 'staff'] as const
export type RoutePermission = typeof ROUTE_PERMISSIONS[number]

/** Milliseconds until a request to a route is answered 504; `request.call.signal` aborts then, and a later answer is dropped. */
export const ROUTE_DEADLINE_MS = 10_000
/** Bytes an answer of a route may have; a larger one is answered 502. A request's body may have 1 MiB. */
export const ROUTE_ANSWER_LIMIT = 5 * 1024 * 1024

/** Who sent a request to a route, as the host has proven it; null on a `public` route. */
export type RouteSender =
  | { readonly kind: 'vendor' }
  /** `userId` is the learner's pseudonym: the one given at registration, for exams that name this provider. */
  | { readonly kind: 'learner' | 'staff', readonly userId: string }

type TypedInstance = FastifyInstance<RawServerDefault, RawRequestDefaultExpression, RawReplyDefaultExpression, FastifyBaseLogger, TypeBoxTypeProvider>

/**
 * A Fastify of the provider's own, typed by TypeBox schemas. Paths are relative to `/api/providers/<name>`. Hooks, decorators, parsers, error
 * handlers and plugins (also those made by `fastify-plugin`) work inside it and reach nothing else. It cannot listen or be closed by the provider.
 */
export type ProviderRoutesApp = Omit<TypedInstance, 'listen' | 'close' | 'server' | 'ready'>
