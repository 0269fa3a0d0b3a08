import { parse } from 'yaml'
import { readFolder } from './files.ts'

/** A text by key; `{name}` is filled from `values`, `values.count` picks the plural. */
export type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string

type Plural = Readonly<Record<string, string>>
type Texts = ReadonlyMap<string, string | Plural>
/** Texts by language tag in lower case. */
export type Catalog = ReadonlyMap<string, Texts>

export interface Translator { readonly language: string, readonly translate: Translate }

const FALLBACK = 'en'
const PLURAL_FORMS = new Set<string>(['zero', 'one', 'two', 'few', 'many', 'other'])

/** Reads `<language>.yaml` and `<section>.<language>.yaml` of each folder; later folders lie over earlier ones and over `base`, key by key. */
export function loadCatalog (folders: readonly string[], base: Catalog = new Map()): Catalog {
  const catalog = new Map(base)
  for (const folder of folders) {
    for (const [name, source] of readFolder(folder, '.yaml')) {
      const language = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
      const texts = new Map([...catalog.get(language) ?? [], ...flatten(parseTexts(source, `${folder}/${name}.yaml`))])
      catalog.set(language, texts)
    }
  }
  return catalog
}

/** The first wanted language there are texts for: `es-419` takes `es`; English when nothing fits. */
export function findLanguage (wanted: string, catalog: Catalog): string {
  const tag = wanted.toLowerCase().replaceAll('_', '-')
  return fallbackChain(tag).find(language => catalog.has(language)) ?? FALLBACK
}

/** The languages of an Accept-Language header, the best first. */
export function rankLanguages (header = ''): string[] {
  return header.slice(0, 500).split(',').map(parseRange).filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality).map(({ tag }) => tag)
}

/** The best language of an Accept-Language header, one of `available`. */
export function negotiateLanguage (header: string | undefined, available: readonly string[], fallback = FALLBACK): string {
  for (const tag of rankLanguages(header)) {
    const match = fallbackChain(tag).find(language => available.includes(language))
    if (match) return match
  }
  return fallback
}

export function createTranslator (catalog: Catalog, wanted: string): Translator {
  const language = findLanguage(wanted, catalog)
  const chain = [...new Set([...fallbackChain(language), FALLBACK])].flatMap(tag => {
    const texts = catalog.get(tag)
    return texts ? [{ texts, plurals: new Intl.PluralRules(tag) }] : []
  })
  return {
    language,
    translate (key, values = {}) {
      for (const { texts, plurals } of chain) {
        const text = texts.get(key)
        if (text !== undefined) return fill(typeof text === 'string' ? text : choosePlural(text, plurals, values.count), values)
      }
      return key
    },
  }
}

function choosePlural (text: Plural, plurals: Intl.PluralRules, count: unknown): string {
  return text[plurals.select(Number(count))] ?? text.other ?? ''
}

const fill = (text: string, values: Readonly<Record<string, unknown>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => Object.hasOwn(values, name) ? String(values[name] ?? '') : '')

/** `es-mx` before `es`. */
function fallbackChain (tag: string): string[] {
  const parts = tag.split('-')
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'))
}

function parseRange (part: string): { tag: string, quality: number } {
  const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
  const quality = parameters.map(parameter => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean)
  return { tag, quality: /^[a-z0-9-]+$/.test(tag) ? Number(quality ?? 1) : 0 }
}

function parseTexts (source: string, file: string): object {
  const texts: unknown = parse(source)
  if (!isMap(texts)) throw new Error(`Text file ${file}: expected a map of keys to texts, got ${texts === null ? 'nothing' : typeof texts}.`)
  return texts
}

function flatten (texts: object, prefix = ''): Array<[string, string | Plural]> {
  return Object.entries(texts).flatMap(([name, value]) => {
    const key = prefix + name
    if (!isMap(value)) return [[key, String(value ?? '')]]
    return isPlural(value) ? [[key, value]] : flatten(value, `${key}.`)
  })
}

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

const isPlural = (value: object): value is Plural =>
  'other' in value && Object.entries(value).every(([form, text]) => PLURAL_FORMS.has(form) && typeof text === 'string')
