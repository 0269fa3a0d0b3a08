import type { FastifyInstance } from 'fastify'
import { permissionTable, type Permission } from '../../../core/http/permissions.ts'
import { PARAMS, ROUTE_CASES, type RouteCase } from './route-cases.ts'
import type { Scene } from './scene.ts'

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export interface Route { name: string, method: Method, url: string, permission: Permission, refuses: readonly string[], params: readonly string[], cases: readonly RouteCase[] }

const PARAMETER = /:(\w+)(?:\([^)]*\))?\??|\*/g
const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Every route of the house with a good request to it. */
export function listRoutes (app: FastifyInstance): Route[] {
  return permissionTable(app).filter(({ method }) => METHODS.includes(method)).map(({ method, url, permission, refuses }) => ({
    name: `${method} ${url}`,
    method: method as Method, // filtered above
    url,
    permission,
    refuses,
    params: [...url.matchAll(PARAMETER)].map(([all, name]) => name ?? all),
    cases: ROUTE_CASES[`${method === 'HEAD' ? 'GET' : method} ${url}`] ?? [{}],
  }))
}

/** The path of a request; values stand as they are given, so hostile ones may be anything. */
export function fillPath ({ url }: Pick<Route, 'url'>, values: Readonly<Record<string, string | number>>): string {
  return url.replaceAll(PARAMETER, (all, name: string | undefined) => String(values[name ?? all] ?? '1'))
}

/** What a good request has in its path. */
export function goodValues ({ params }: Pick<Route, 'params'>, scene: Scene, own?: RouteCase['params']): Record<string, string | number> {
  const known = params.flatMap(name => PARAMS[name] ? [[name, encodeURIComponent(PARAMS[name](scene))] as const] : [])
  return { ...Object.fromEntries(known), ...own?.(scene) }
}

export const queryText = (query: Readonly<Record<string, string | number>> = {}): string => {
  const text = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}
