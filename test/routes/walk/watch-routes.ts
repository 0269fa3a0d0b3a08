import { subscribe, unsubscribe } from 'node:diagnostics_channel'

const CHANNEL = 'tracing:fastify.request.handler:start'

/** The paths of the routes whose handlers ran, in order: a good request must not be let in somewhere else. */
export function watchRoutes (t: { teardown (handler: () => void): void }): readonly string[] {
  const reached: string[] = []
  const note = (message: unknown) => { reached.push(routeOf(message)) }
  subscribe(CHANNEL, note)
  t.teardown(() => { unsubscribe(CHANNEL, note) })
  return reached
}

function routeOf (message: unknown): string {
  const { route } = Object(message)
  return String(Object(route).url)
}
