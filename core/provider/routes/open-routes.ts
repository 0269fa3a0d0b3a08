import type { FastifyInstance } from 'fastify'
import { Stopped, stop, stopAt } from '../faults.ts'
import { createCallInfo } from '../call.ts'
import type { BrandedDefinition, Provider, ProviderContext } from '../contract.ts'
import { HostClosing, runWithin, type Cancel } from '../deadline.ts'
import { runAs } from '../guard/scope.ts'
import type { Redactor } from '../redact.ts'
import type { ProviderRoutes } from '../registry.ts'
import { describeThrown, type Within } from '../start-provider.ts'
import { createAskRoute, type AskParts } from './ask-route.ts'
import { checkRoute, settleRoutes, withoutTwins, type Declared, type DeclaredRoute, type RouteQuestion } from './declared.ts'
import { createOwnApp } from './own-app.ts'

export interface RoutesParts extends Omit<AskParts, 'pending' | 'createCallInfo'> {
  definition: BrandedDefinition
  context: ProviderContext<Record<string, unknown>>
  provider: Provider
  defaultLanguage: string
  within: Within
}

export interface OpenRoutes extends ProviderRoutes { close (): Promise<void> }

/** For what a plugin hangs on the end of its own Fastify. */
const CLOSE_MS = 2_000

/** Lets a provider declare its routes, in a Fastify of its own. Null when it has none. */
export async function openRoutes (parts: RoutesParts): Promise<OpenRoutes | null> {
  const { definition: { routes }, context, provider, redactor, within } = parts
  if (routes === undefined) return null
  const app = await createOwnApp(context.log)
  const close: () => Promise<undefined> = app.close.bind(app)
  const declared: Declared[] = []
  app.addHook('onRoute', ({ method, url, config, schema, constraints }) => { declared.push({ method, url, config, schema, constraints }) })
  refuse(app, 'listen', 'close')
  await within("'routes'", async () => {
    app.register(async inner => { await routes(inner, Object.freeze({ ...context, provider })) })
    await app.ready()
  }).catch(error => explain(error, redactor))
  const pending = new Set<Cancel>()
  const createInfo = ({ method, url, requestId, language }: RouteQuestion, signal: AbortSignal) => createCallInfo(parts, `${method} ${url}`, { requestId, language }, signal)
  return {
    table: settleRoutesOf(declared),
    ask: createAskRoute(app, { ...parts, pending, createCallInfo: createInfo }),
    async close () {
      for (const cancel of [...pending]) cancel(new HostClosing())
      await runWithin(CLOSE_MS, new Set(), () => runAs(parts.scope, async () => { await close() })).catch(error => parts.scope.blame('its routes could not be closed', error))
    },
  }
}

function settleRoutesOf (declared: readonly Declared[]): DeclaredRoute[] {
  const routes = withoutTwins(declared)
  stopAt(routes.flatMap(checkRoute))
  return settleRoutes(routes)
}

/** The host opens and ends it. Scopes inside inherit this. */
function refuse (app: FastifyInstance, ...names: ('listen' | 'close')[]): void {
  for (const name of names) {
    Object.defineProperty(app, name, { value: () => { throw new Error(`app.${name}() is the host's business; a provider only declares routes`) } })
  }
}

function explain (error: unknown, redactor: Redactor): never {
  if (error instanceof Stopped) throw error
  return stop({
    code: 'INV_PROVIDER_ROUTES',
    expected: "'routes' to declare its routes",
    found: describeThrown(redactor.error(error)),
    hint: 'The fault is in the package; tell its author, or install another release.',
  })
}
