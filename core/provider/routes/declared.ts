import type { RouteOptions } from 'fastify'
import { ROUTE_PERMISSIONS, type RoutePermission, type RouteSender } from '../contract.ts'
import { describeValue } from '../describe.ts'
import type { Finding } from '../faults.ts'

/** A route as its provider declared it, proven. */
export interface DeclaredRoute {
  readonly methods: readonly Method[]
  /** Relative to the provider's own root. */
  readonly url: string
  readonly permission: RoutePermission
  readonly schema: Readonly<Record<string, unknown>>
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
export type Method = typeof METHODS[number]

export interface RouteQuestion {
  readonly method: Method
  /** Path of the route, as declared. */
  readonly url: string
  /** Path and query of the request, relative to the provider's root. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly body: Buffer | null
  readonly sender: RouteSender | null
  readonly requestId: string
  readonly language: string | undefined
}

export interface RouteAnswer { readonly status: number, readonly headers: Readonly<Record<string, unknown>>, readonly body: Buffer }

export type AskRoute = (question: RouteQuestion) => Promise<RouteAnswer>

export type Declared = Pick<RouteOptions, 'method' | 'url' | 'config' | 'schema' | 'constraints'>

/** What is wrong with one route; the answer to a missing permission is no. */
export function checkRoute ({ method, url, config, constraints }: Declared): Finding[] {
  const name = `${[method].flat().join()} ${url}`
  const faults: [boolean, string, string, string][] = [
    [!isPermission(config?.permission), `route ${name} to state who may call it`, `${describeValue(config?.permission)} in config.permission`, `Write config: { permission: ... } with one of ${ROUTE_PERMISSIONS.map(word => `'${word}'`).join(', ')}.`],
    [!isPath(url), `the path of route ${name} to begin with / and to stay below it`, describeValue(url), 'Paths are relative to /api/providers/<name>.'],
    [![method].flat().every(isMethod), `the methods of route ${name} to be among ${METHODS.join(', ')}`, [method].flat().join(), 'Name the methods; all() means more than these.'],
    [constraints !== undefined && Object.keys(constraints).length > 0, `route ${name} to be chosen by method and path alone`, 'constraints', 'Leave constraints out.'],
  ]
  return faults.filter(([isWrong]) => isWrong).map(([, expected, found, hint]) => ({ code: 'INV_PROVIDER_ROUTES', expected, found, hint }))
}

/** Without the HEAD routes that come by themselves with a GET. */
export function withoutTwins (declared: readonly Declared[]): Declared[] {
  const gets = new Set(declared.filter(({ method }) => [method].flat().includes('GET')).map(({ url }) => url))
  return declared.filter(({ method, url }) => method !== 'HEAD' || !gets.has(url))
}

/** The routes as they are to be mounted. */
export function settleRoutes (declared: readonly Declared[]): DeclaredRoute[] {
  return declared.map(({ method, url, config, schema }) => ({ methods: [method].flat().filter(isMethod), url, permission: readPermission(config?.permission), schema: { ...schema } }))
}

function readPermission (value: unknown): RoutePermission {
  if (isPermission(value)) return value
  throw new TypeError('settleRoutes is asked only after checkRoute found nothing')
}

function isPermission (value: unknown): value is RoutePermission {
  return ROUTE_PERMISSIONS.some(word => word === value)
}

export function isMethod (value: unknown): value is Method {
  return METHODS.some(word => word === value)
}

function isPath (url: string): boolean {
  return /^\/[^\s?#\\]*$/.test(url) && !url.includes('//') && !url.split('/').some(part => part === '..' || part === '.')
}
