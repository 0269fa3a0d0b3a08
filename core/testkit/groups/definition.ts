import type { TSchema } from 'typebox'
import { Check as fits } from 'typebox/value'
import type { BrandedDefinition } from '../../provider/contract.ts'
import { describeSchema, holdsSecret } from '../../provider/describe.ts'
import { findEntryPoint } from '../../provider/entry-points.ts'
import { Stopped, type Finding } from '../../provider/faults.ts'
import { createAllowance, importDefinition } from '../../provider/start-provider.ts'
import { entryFor, loadFaults, openLoadedBench } from '../bench/bench.ts'
import { defineGroup, NotApplicable, NotChecked, problem, type Problem, type Verdict } from '../check.ts'
import type { Target } from '../target/target.ts'

interface Subject {
  target: Target
  /** What stands against the definition itself; its options are then not looked at. */
  findings: readonly Finding[]
  properties: Readonly<Record<string, TSchema>>
  required: readonly string[]
  isOpen: boolean
}

export default defineGroup<Subject>({
  id: 'definition',
  title: 'the definition and its options',
  about: 'Imports the entry point as the host does, reads the schema of its options, and starts the provider with right and wrong ones.',
  async open (target) {
    const { definition, findings } = await importEntry(target)
    if (definition === null) return { subject: { target, findings, properties: {}, required: [], isOpen: false } }
    const facts: Record<string, unknown> = { ...definition.options }
    return {
      subject: {
        target,
        findings: [],
        properties: { ...definition.options.properties },
        required: definition.options.required ?? [],
        isOpen: facts.additionalProperties !== undefined && facts.additionalProperties !== false,
      },
    }
  },
  checks: [
    {
      id: 'made-by-contract',
      title: 'the default export is made by defineProvider, for this version of the contract',
      run: ({ findings }) => findings.map(({ expected, found, hint }) => problem(expected, found, hint)),
    },
    {
      id: 'starts',
      title: 'the host starts with the provider and the options of its conformance file',
      run: async ({ target, findings }) => findings.length > 0
        ? new NotApplicable('there is no definition to start')
        : (await loadFaults(target)).map(({ expected, found, hint }) => problem(expected, found, hint)),
    },
    {
      id: 'quiet-start',
      title: 'nothing is asked of the vendor while the provider starts',
      run: async ({ target }) => {
        const bench = await openLoadedBench(target)
        await bench.close()
        return bench.line.calls.map(({ method, url }) => problem('the first call to the vendor with the first call of a method', `${method} ${url} during create()`, 'Connect later: a vendor that is down must not keep the host from starting.'))
      },
    },
    {
      id: 'no-early-attempts',
      title: 'attempts are left alone while the provider starts',
      run: async ({ target }) => {
        const bench = await openLoadedBench(target)
        await bench.close()
        return [...new Set(bench.askedEarly)].map(what => problem('attempts to be asked for in methods and routes only', `attempts.${what} while create() or routes() runs`, 'The host has none to give before it has started, and refuses: ask at the first call.'))
      },
    },
    {
      id: 'option-types',
      title: 'every option has a type',
      run: ({ properties }) => eachOption(properties, (name, schema) => describeSchema(schema) === 'another value'
        ? problem(`the option "${name}" to have a type`, 'any value is taken', 'Say what it is: Type.String(), Type.Integer() and so on.')
        : undefined),
    },
    {
      id: 'option-descriptions',
      title: 'every option says what it is for',
      run: ({ properties }) => eachOption(properties, (name, schema) => hasDescription(schema)
        ? undefined
        : problem(`the option "${name}" to have a description`, 'none', 'Add { description: \'...\' } to its schema; operators read it.')),
    },
    {
      id: 'option-defaults',
      title: 'every default is a value the option takes',
      run: ({ properties }) => eachOption(properties, (name, schema) => {
        const facts: Record<string, unknown> = { ...schema }
        if (facts.default === undefined || fits(schema, facts.default)) return undefined
        return problem(`the default of "${name}" to be ${describeSchema(schema)}`, JSON.stringify(facts.default), 'Correct the default or the schema.')
      }),
    },
    {
      id: 'secrets-marked',
      title: 'options that are secret are marked with Secret()',
      run: ({ properties }) => eachOption(properties, (name, schema) => soundsSecret(name, schema) && !holdsSecret(schema)
        ? problem(`the option "${name}" to be made by Secret()`, 'a plain text, which is shown in logs and by commands', 'Use Secret({ description }) from "invigil/provider".')
        : undefined),
    },
    {
      id: 'unknown-option',
      title: 'an option the provider does not know is refused',
      run: async ({ target, properties, isOpen }) => {
        if (isOpen) return problem('unknown options to be refused', 'a schema with additionalProperties', 'Leave additionalProperties out: a mistyped option would be taken in silence.')
        const name = 'no_such_option_in_any_provider'
        return Object.hasOwn(properties, name) ? undefined : expectFault(target, { ...target.options, [name]: true }, 'INV_PROVIDER_OPTION_UNKNOWN', `the option "${name}"`)
      },
    },
    {
      id: 'missing-option',
      title: 'an option that must be given and is not is named before the start',
      run: async ({ target, properties, required }) => {
        const needed = required.filter(name => Reflect.get({ ...properties[name] }, 'default') === undefined && Object.hasOwn(target.options, name))
        if (needed.length === 0) return new NotApplicable('no option must be given')
        const problems = await Promise.all(needed.map(async name => {
          const { [name]: left, ...others } = target.options
          return expectFault(target, others, 'INV_PROVIDER_OPTION_INVALID', `the missing option "${name}"`)
        }))
        return problems.flat()
      },
    },
  ],
})

interface Imported { readonly definition: BrandedDefinition | null, readonly findings: readonly Finding[] }

async function importEntry (target: Target): Promise<Imported> {
  try {
    const entryPoint = await findEntryPoint(target.entry, entryFor(target), target.hostRoot)
    return { definition: await importDefinition(entryPoint, createAllowance(10_000, () => performance.now())), findings: [] }
  } catch (error) {
    if (error instanceof Stopped) return { definition: null, findings: error.findings }
    throw new NotChecked(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function eachOption (properties: Subject['properties'], look: (name: string, schema: TSchema) => Problem | undefined): Verdict {
  const options = Object.entries(properties)
  if (options.length === 0) return new NotApplicable('the provider has no options')
  return options.map(([name, schema]) => look(name, schema)).filter(found => found !== undefined)
}

function hasDescription (schema: TSchema): boolean {
  const { description }: { description?: unknown } = schema
  return typeof description === 'string' && description.trim() !== ''
}

const SECRET_WORDS = new Set(['secret', 'password', 'passwd', 'passphrase', 'token', 'key', 'credential', 'credentials', 'pin'])

/** By the last word of its name: `secret_key_id` is an id, `token_expiration_time` a time, `public_key` known to all. */
function soundsSecret (name: string, schema: TSchema): boolean {
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase().split(/[_-]/)
  return SECRET_WORDS.has(words.at(-1) ?? '') && !words.includes('public') && describeSchema(schema).includes('text')
}

async function expectFault (target: Target, options: Record<string, unknown>, code: Finding['code'], what: string): Promise<Problem[]> {
  const faults = await loadFaults(target, options)
  if (faults.some(fault => fault.code === code)) return []
  const found = faults.length === 0 ? 'the provider starts' : faults.map(fault => `${fault.code}: ${fault.found}`).join('; ')
  return [problem(`${what} to be a fault of the start (${code})`, found, 'Let the options be checked by their schema, not by create().')]
}
