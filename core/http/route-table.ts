import { compilePath } from './path-pattern.ts'

/** One method of one path, with the permission it states and the errors it may answer with. */
export interface RouteRow<Permission extends string = string> { method: string, url: string, permission: Permission, refuses: readonly string[] }

export interface RouteTable<Permission extends string = string> {
  add (row: RouteRow<Permission>): void
  list (): readonly RouteRow<Permission>[]
  /** The routes whose path fits this one, whatever their method; for answers of 405. Slow, so not for the ordinary case. */
  match (path: string): RouteRow<Permission>[]
}

export function createRouteTable<Permission extends string> (): RouteTable<Permission> {
  const rows: RouteRow<Permission>[] = []
  return {
    add: row => { rows.push(Object.freeze(row)) },
    list: () => [...rows],
    match: path => rows.filter(({ url }) => url !== '*' && url !== '/*' && compilePath(url).test(path)),
  }
}
