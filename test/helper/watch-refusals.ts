import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import type { Permission } from '../../core/http/permissions.ts'
import { COMMON_REFUSALS, refusalsOf, type ErrorCode } from '../../core/http/refusals.ts'

const MADE = 'fastify.initialization'
/** Answered by others' code: the pages of the documentation, providers. */
const FOREIGN = /^\/(?:docs|api\/providers)\//

/** Builds an app that notes each answer whose code its route does not state. */
export async function watchRefusals<App> (build: () => Promise<App>): Promise<{ app: App, unexpected: ReadonlySet<string> }> {
  const unexpected = new Set<string>()
  const watch = (message: unknown) => { noteUnexpected((message as { fastify: FastifyInstance }).fastify, unexpected) } // as Fastify documents this channel
  subscribe(MADE, watch)
  try {
    return { app: await build(), unexpected }
  } finally {
    unsubscribe(MADE, watch)
  }
}

/** May a route with this permission answer with this code? */
function isExpected (code: string, permission: Permission, own: readonly ErrorCode[] = []): boolean {
  return [...COMMON_REFUSALS, ...refusalsOf(permission), ...own].some(expected => expected === code)
}

export function assertStated (unexpected: ReadonlySet<string>): void {
  if (unexpected.size > 0) throw new Error(`Routes answered with errors that they do not state (config.refuses): ${[...unexpected].join('; ')}`)
}

function noteUnexpected (app: FastifyInstance, unexpected: Set<string>): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { config, url, method } = request.routeOptions
    const code = reply.getHeader('invigil-error')
    const isOurs = config.permission !== undefined && url !== undefined && !FOREIGN.test(url)
    if (isOurs && typeof code === 'string' && !isExpected(code, config.permission ?? 'public', config.refuses)) unexpected.add(`${String(method)} ${url} answered ${reply.statusCode} ${code}`)
    done()
  })
}
