import type { FastifyInstance } from 'fastify'
import { backlogByProvider, NOTHING_WAITS, type Backlog } from '../effects/backlog.ts'
import { viewProvider, type ProviderView } from '../provider/view.ts'
import { countDependants, NOTHING_DEPENDS, type Dependants } from './dependants.ts'
import { findTroubles, worstOf, type Trouble } from './troubles.ts'

/** A provider with all that an operator may ask of it. */
export interface ProviderReport extends ProviderView, Dependants { queue: Backlog, troubles: readonly Trouble[] }
/** A name that exams or attempts still have and the configuration has not. */
export interface MissingProvider extends Dependants { name: string, queue: Backlog }
export interface Report { providers: ProviderReport[], missing: MissingProvider[] }

type Sources = Pick<FastifyInstance, 'db' | 'providers' | 'domain'>

/** How the providers do: configuration, calls and circuits of this process, the queue and the dependants of all. */
export async function reportProviders ({ db, providers, domain }: Sources): Promise<Report> {
  const now = domain.clock.now()
  const { defaultName } = providers
  const [backlog, dependants] = await Promise.all([backlogByProvider(db, now), countDependants(db, defaultName)])
  const around = (name: string) => ({ ...dependants.get(name) ?? NOTHING_DEPENDS, queue: backlog.get(name) ?? NOTHING_WAITS })
  const missing = [...new Set([...dependants.keys(), ...backlog.keys()])].filter(name => !providers.find(name))
  return {
    providers: providers.list().map(provider => {
      const facts = { ...viewProvider(provider, defaultName), ...around(provider.name) }
      return { ...facts, troubles: findTroubles(facts, now) }
    }),
    missing: missing.map(name => ({ name, ...around(name) })),
  }
}

/** The worst first, else as configured. */
export const byUrgency = (providers: readonly ProviderReport[]): ProviderReport[] => providers.toSorted((a, b) => worstOf(a.troubles) - worstOf(b.troubles))
