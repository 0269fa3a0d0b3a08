import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { UsageError } from './faults.ts'

interface Described { help: string, short?: string, required?: true }

/** What may be written after a command. `value` is the word that stands for it in help. */
export type OptionSpec = Described & (
  | { kind: 'flag' }
  | { kind: 'text', value: string, choices?: readonly string[], default?: string }
  | { kind: 'integer', value: string, minimum?: number, default?: number }
  | { kind: 'time', value: string }
)
export type OptionTable = Readonly<Record<string, OptionSpec>>

type ValueOf<S extends OptionSpec> =
  S extends { kind: 'flag' } ? boolean
    : S extends { kind: 'text', choices: readonly (infer Word)[] } ? Word
      : S extends { kind: 'text' } ? string
        : S extends { kind: 'integer' } ? number : Date
type Always = { kind: 'flag' } | { required: true } | { default: string | number }
export type Values<T extends OptionTable> = { [Name in keyof T]: T[Name] extends Always ? ValueOf<T[Name]> : ValueOf<T[Name]> | undefined }

export interface Grammar<P extends OptionTable, O extends OptionTable> {
  /** Values without a name, in this order. */
  positionals: P
  options: O
}

/** Reads the words after a command. @throws UsageError that names the word, what was expected and what was found */
export function readArguments<P extends OptionTable, O extends OptionTable> ({ positionals, options }: Grammar<P, O>, argv: readonly string[]): Values<P & O> {
  const { values, words } = split(options, argv)
  const names = Object.keys(positionals)
  if (words.length > names.length) throw new UsageError(`"${words[names.length]}" is one word too many.`)
  const read = [
    ...names.map((name, index) => [name, readValue(name, positionals[name], words[index])]),
    ...Object.entries(options).map(([name, spec]) => [name, readValue(`--${name}`, spec, values[name])]),
  ]
  return Object.fromEntries(read) // each value was read by the spec of its own name
}

function split (options: OptionTable, argv: readonly string[]): { values: Record<string, unknown>, words: string[] } {
  try {
    const { values, positionals } = parseArgs({ args: argv.map(word => asDeclared(options, word)), options: toConfig(options), allowPositionals: true, strict: true })
    return { values: { ...values }, words: positionals }
  } catch (error) {
    if (error instanceof TypeError && 'code' in error) throw new UsageError(plain(error.message))
    throw error
  }
}

function toConfig (options: OptionTable): ParseArgsOptionsConfig {
  return Object.fromEntries(Object.entries(options).map(([name, { kind, short }]) => [name, { type: kind === 'flag' ? 'boolean' : 'string', ...(short && { short }) }]))
}

/** `--dry_run` and `--dry-run` are the same. */
function asDeclared (options: OptionTable, word: string): string {
  const [, name, rest = ''] = /^--([\w-]+)(=.*)?$/s.exec(word) ?? []
  if (name === undefined || Object.hasOwn(options, name)) return word
  const declared = Object.keys(options).find(option => option.replaceAll('_', '-') === name.replaceAll('_', '-'))
  return declared === undefined ? word : `--${declared}${rest}`
}

/** The parser's own advice about a doubled dash helps nobody here. */
const plain = (message: string): string => `${message.split(/\. (?:To specify|Did you)/)[0]?.replace(/\.$/, '')}.`

function readValue (name: string, spec: OptionSpec | undefined, given: unknown): unknown {
  if (spec?.kind === 'flag') return given === true
  const text = typeof given === 'string' ? given : undefined
  if (text === undefined && spec?.required) throw new UsageError(`${name} is missing: ${spec.help}.`)
  if (text === undefined) return spec && 'default' in spec ? spec.default : undefined
  return spec && READERS[spec.kind](name, text, spec)
}

type Reader = (name: string, text: string, spec: OptionSpec) => unknown

const READERS: Record<Exclude<OptionSpec['kind'], 'flag'>, Reader> = {
  text: (name, text, spec) => {
    if (spec.kind === 'text' && spec.choices && !spec.choices.includes(text)) throw new UsageError(`${name} must be one of ${spec.choices.join(', ')}; found "${text}".`)
    return text
  },
  integer: (name, text, spec) => {
    const minimum = spec.kind === 'integer' ? spec.minimum ?? 0 : 0
    const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN
    if (!(number >= minimum)) throw new UsageError(`${name} must be a whole number${minimum > 0 ? ` from ${minimum} up` : ''}; found "${text}".`)
    return number
  },
  time: (name, text) => {
    const date = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\dZ?$/.test(text) ? new Date(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`) : null
    if (!date || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text.slice(0, 10)) throw new UsageError(`${name} must be a time like "2030-01-31 23:59:59" in UTC; found "${text}".`)
    return date
  },
}
