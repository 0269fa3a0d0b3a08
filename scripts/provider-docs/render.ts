import { getAttributeSchema, OVERRIDES } from '../../core/provider/attributes.ts'
import * as contract from '../../core/provider/index.ts'
import { isRecord, listOf, recordOf, textOf, type Json } from '../api-docs/json.ts'
import { fieldsOf, shapeOf } from '../api-docs/shape.ts'
import { ASSETS, FAILURES, ON_FAILURE, OPENING, OPTIONS, PACKAGE } from './prose.ts'
import type { Declaration, Member, Source } from './source.ts'

const { PROVIDER_METHODS, CONTRACT_VERSION } = contract
const EXPORTS: Json = { ...contract }

/** Told in chapters of their own. */
const PLACED = ['Provider', 'ProviderDefinition', 'BrandedDefinition', 'ProviderContext', 'CallInfo', 'ProviderAttempts', 'ProviderAttributes', 'ProviderMethod']

/** The whole page. */
export function renderProviderDocs ({ words, declarations }: Source): string {
  const types = [...declarations.values()].filter(({ kind, name }) => (kind === 'interface' || kind === 'type') && !PLACED.includes(name))
  const page = new Page(new Set([...types.map(({ name }) => name), 'Provider', 'CallInfo', 'ProviderContext', 'ProviderAttempts']), declarations)
  return [
    OPENING,
    '## Words', table(['word', 'means'], words.map(([word, meaning]) => [`**${word}**`, meaning])),
    '## The package', PACKAGE,
    '## The definition', ...page.told('ProviderDefinition'), ...page.told('defineProvider'),
    '## Options and secrets', OPTIONS, ...page.told('Secret'),
    '## The context', ...['ProviderContext', 'ProviderAttempts', 'CallInfo'].flatMap(name => [`### ${name}`, ...page.told(name)]),
    '## Methods', declarations.get('Provider')?.note ?? '', ...page.methods(),
    '## When a method fails', FAILURES, '### refuse', ...page.told('refuse'),
    '## Attributes', declarations.get('ProviderAttributesSchema')?.note ?? '', attributeTable(),
    '## Assets', ASSETS,
    '## Types', ...types.toSorted((a, b) => a.name < b.name ? -1 : 1).flatMap(({ name }) => [`### ${name}`, ...page.told(name)]),
    '## Contract versions', `This is version **${CONTRACT_VERSION}**.`, declarations.get('CONTRACT_VERSION')?.note ?? '',
  ].filter(part => part !== '').join('\n\n') + '\n'
}

class Page {
  readonly #linked: ReadonlySet<string>
  readonly #declarations: Source['declarations']

  constructor (linked: ReadonlySet<string>, declarations: Source['declarations']) {
    this.#linked = linked
    this.#declarations = declarations
  }

  /** A declaration's words and its fields. */
  told (name: string): string[] {
    const declaration = this.#declarations.get(name)
    if (!declaration) throw new Error(`the provider contract has no ${name} any more; mend scripts/provider-docs/render.ts`)
    return [declaration.note, ...this.#body(declaration)].filter(part => part !== '')
  }

  #body (declaration: Declaration): string[] {
    const { kind, text, members, schema, name } = declaration
    if (kind === 'function') return [fence(text)]
    if (kind === 'const') return [fence(`${name}: ${text}`)]
    const heritage = kind === 'interface' && text !== '' ? [`\`${text}\``] : []
    if (members.length > 0) return [...heritage, this.#fields(members)]
    return schema ? [schemaTable(EXPORTS[schema])] : [...heritage, this.#typed(text)]
  }

  #fields (members: readonly Member[]): string {
    return table(['field', 'type', 'means'], members.map(({ name, isOptional, type, note }) => [`\`${name}${isOptional ? '?' : ''}\``, this.#typed(type), note]))
  }

  #typed (type: string): string {
    if (type === '') return ''
    if (this.#linked.has(type)) return `[\`${type}\`](#${anchorOf(type)})`
    const named = [...new Set(type.match(/\b[A-Z]\w+/g))].filter(name => this.#linked.has(name))
    return `\`${type}\`${named.length > 0 ? ` (${named.map(name => `[${name}](#${anchorOf(name)})`).join(', ')})` : ''}`
  }

  methods (): string[] {
    const members = this.#declarations.get('Provider')?.members ?? []
    const summary = table(['method', '', 'kind', 'deadline'], Object.entries(PROVIDER_METHODS).map(([name, { required, deadlineMs }]) =>
      [`[\`${name}\`](#${name.toLowerCase()})`, required ? 'required' : '', kindOf(members.find(member => member.name === name)), seconds(deadlineMs)]))
    return [summary, ...Object.entries(PROVIDER_METHODS).flatMap(([name, facts]) => this.#method(name, facts, members.find(member => member.name === name)))]
  }

  #method (name: string, { required, deadlineMs, returns }: typeof PROVIDER_METHODS['registerAttempt'], member: Member | undefined): string[] {
    if (!member) throw new Error(`interface Provider has no method ${name}`)
    const named = [...new Set(member.type.match(/\b[A-Z]\w+/g))].filter(type => this.#linked.has(type))
    return [
      `### ${name}`,
      fence(member.signature),
      member.note,
      [
        `* ${required ? '**Required**' : 'Optional'}; ${kindOf(member)}; deadline ${seconds(deadlineMs)}.`,
        `* Must answer: ${answerOf(returns)}.`,
        ...(named.length > 0 ? [`* Types: ${named.map(type => `[${type}](#${anchorOf(type)})`).join(', ')}.`] : []),
        `* When it fails: ${failureOf(name)}`,
      ].join('\n'),
    ]
  }
}

const anchorOf = (type: string): string => type === 'Provider' ? 'methods' : type.toLowerCase()

function failureOf (name: string): string {
  const text = Object.entries(ON_FAILURE).find(([method]) => method === name)?.[1]
  if (text === undefined) throw new Error(`scripts/provider-docs/prose.ts does not say what happens when ${name} fails`)
  return text
}

const kindOf = (member: Member | undefined): string => /^(Effect|Look-up)/.exec(member?.note ?? '')?.[0].toLowerCase() ?? 'works on what is at hand'
const answerOf = (schema: unknown): string => shapeOf(schema) === 'anything' ? 'nothing; what it answers is ignored' : described(schema)
const seconds = (ms: number): string => `${ms / 1000} s`
const fence = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``

function schemaTable (schema: unknown): string {
  if (!isRecord(schema)) return ''
  const fields = fieldsOf(schema)
  if (fields.length === 0) return described(schema)
  return table(['field', 'type', 'means'], fields.map(({ name, isOptional }) => {
    const field = recordOf(recordOf(schema.properties)[name])
    return [`\`${name}${isOptional ? '?' : ''}\``, described(field), descriptionOf(field)]
  }))
}

function attributeTable (): string {
  return table(['attribute', 'override key in `options`', 'type', 'default', 'means'], [...OVERRIDES].map(([key, name]) => {
    const schema: unknown = getAttributeSchema(name)
    const facts = recordOf(schema)
    return [`\`${name}\``, `\`${key}\``, described(schema), `\`${JSON.stringify(facts.default ?? null)}\``, [textOf(facts.description), isSecret(facts) ? 'secret: never logged or shown' : ''].filter(Boolean).join('; ')]
  }))
}

const descriptionOf = (facts: Json): string => [facts, ...listOf(facts.anyOf).map(recordOf)].map(({ description }) => textOf(description)).find(text => text !== '') ?? ''
const isSecret = (facts: Json): boolean => facts.secret === true || listOf(facts.anyOf).some(branch => recordOf(branch).secret === true)

/** The shape and its limits. */
function described (schema: unknown): string {
  const facts = recordOf(schema)
  const limits = [facts, ...listOf(facts.anyOf).map(recordOf)].flatMap(({ minLength, maxLength, minimum, pattern }) => [
    ...(typeof minLength === 'number' ? [`at least ${minLength} character${minLength === 1 ? '' : 's'}`] : []),
    ...(typeof maxLength === 'number' ? [`at most ${maxLength} characters`] : []),
    ...(typeof minimum === 'number' ? [`from ${minimum}`] : []),
    ...(typeof pattern === 'string' ? [`like \`${pattern}\``] : []),
  ])
  return [shapeOf(schema), ...limits].join(', ')
}

function table (head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')).join(' | ')} |`
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}
