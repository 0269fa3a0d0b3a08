import { PROVIDER_METHODS } from '../../provider/contract.ts'
import { findEntryPoint } from '../../provider/entry-points.ts'
import { readOptions } from '../../provider/options.ts'
import { collectSecrets } from '../../provider/secrets.ts'
import { createAllowance, importDefinition } from '../../provider/start-provider.ts'
import { viewProvider } from '../../provider/view.ts'
import { NotChecked } from '../check.ts'
import { CALLBACK, type Target } from '../target/target.ts'
import { entryFor, openLoadedBench, type Bench } from './bench.ts'
import { overhear } from './console.ts'
import type { Fault } from './faults.ts'
import { hear, isFailure } from './heard.ts'
import { METHOD_CALLS, METHODS } from './method-calls.ts'
import { KNOWN_SCENE, prepareScene } from './scene.ts'
import { describeSecret, SHORTEST_SECRET, type KnownSecret } from './secrets.ts'
import type { VendorCall } from './line.ts'

/** All that a provider said and wrote while it was well and unwell, with the secrets it was given. */
export interface Evidence {
  readonly secrets: readonly KnownSecret[]
  /** Names of secret options too short to be looked for. */
  readonly tooShort: readonly string[]
  readonly logged: string
  readonly printed: string
  readonly answers: string
  readonly errors: string
  readonly health: string
  readonly worker: string
  readonly calls: readonly VendorCall[]
}

/** A vendor that repeats everything it was sent in its error. */
const ECHO: Fault = {
  id: 'echo',
  does: 'repeats the request in its error',
  answer: async ({ request }) => Response.json({ error: await request.text(), url: request.url, headers: Object.fromEntries(request.headers) }, { status: 500 }),
  registration: 'throws',
  effects: 'throws',
}
const CUT: Fault = { ...ECHO, id: 'no-connection', does: 'cannot be reached', answer: async ({ request }) => { throw new TypeError(`fetch failed: ${request.url} ${request.headers.get('authorization')}`) } }

export async function collectEvidence (target: Target): Promise<Evidence> {
  const { secrets, tooShort } = await findOptionsSecrets(target)
  const said = { answers: [] as unknown[], errors: [] as unknown[], health: [] as unknown[], logged: [] as string[], calls: [] as VendorCall[], worker: '' }
  const { printed } = await overhear(async () => {
    for (const fault of [null, ECHO, CUT]) {
      const bench = await openLoadedBench(target)
      try {
        await provoke(bench, target, fault, said)
        said.health.push(viewProvider(bench.provider, null))
        said.worker = bench.provider.worker?.body.toString('utf8') ?? ''
      } finally {
        await bench.close()
      }
      said.logged.push(...bench.logged)
      said.calls.push(...bench.line.calls)
    }
  })
  const text = (values: readonly unknown[]) => values.map(value => JSON.stringify(value) ?? '').join('\n')
  return { secrets, tooShort, printed, logged: said.logged.join(''), answers: text(said.answers), errors: text(said.errors), health: text(said.health), worker: said.worker, calls: said.calls }
}

async function provoke ({ provider, line }: Bench, target: Target, fault: Fault | null, said: { answers: unknown[], errors: unknown[] }): Promise<void> {
  const scene = await prepareScene(provider).catch(() => KNOWN_SCENE)
  line.disturb(fault)
  for (const method of METHODS.filter(name => provider.has(name) && Object.hasOwn(PROVIDER_METHODS, name))) {
    for (const { ask } of METHOD_CALLS[method](scene, target)) {
      const heard = await hear(ask(provider))
      if (isFailure(heard)) said.errors.push(heard)
      else said.answers.push(heard.answer)
    }
  }
}

export async function findOptionsSecrets (target: Target): Promise<Pick<Evidence, 'secrets' | 'tooShort'>> {
  const definition = await findEntryPoint(target.entry, entryFor(target), target.hostRoot)
    .then(entryPoint => importDefinition(entryPoint, createAllowance(10_000, () => performance.now())))
    .catch((error: unknown) => { throw new NotChecked('the provider cannot be loaded; see the group "definition"', { cause: error }) })
  const { own } = readOptions(target.entry, definition.options, { ...target.options })
  const named = Object.entries(definition.options.properties).flatMap(([name, schema]) => collectSecrets(schema, own[name]).map(value => ({ name, value })))
  return {
    secrets: [...named.filter(({ value }) => value.length >= SHORTEST_SECRET), { name: 'the callback secret', value: CALLBACK.client_secret }].map(({ name, value }) => describeSecret(name, value)),
    tooShort: named.filter(({ value }) => value.length < SHORTEST_SECRET).map(({ name }) => name),
  }
}
