import { Liquid } from 'liquidjs'
import { readFolder } from './files.ts'
import { registerFilters } from './filters.ts'
import { escapeHtml } from './safe-output.ts'
import { createTranslator, findLanguage, loadCatalog } from './texts.ts'
import type { Catalog, Translate } from './texts.ts'

/** Folders a provider lays over the core's; null where it has none. */
export interface Overlay { templatesDir: string | null, localesDir: string | null }

export interface RendererOptions {
  templatesDir: string
  localesDir: string
  /** By provider name. */
  overlays?: ReadonlyMap<string, Overlay>
  /** False reads all files again for every page: for people who write templates. */
  cache: boolean
  /** Hears of a provider's page that failed; the learner got the core's page instead. */
  onFault?: (fault: unknown, provider: string, template: string) => void
}

export interface Asset { url: string, integrity?: string | null }
export interface PageRequest {
  provider: string | null
  view: string
  variables: object
  language: string
  /** True: a whole HTML document. False: a fragment for a host page. */
  document?: boolean
  assets?: { stylesheets?: readonly Asset[], scripts?: readonly Asset[] }
}

export interface Renderer {
  /** Any template, as text. Unknown providers get the core's. */
  render (provider: string | null, template: string, variables: object, language: string): Promise<string>
  renderPage (request: PageRequest): Promise<string>
  has (provider: string | null, template: string): boolean
  translator (provider: string | null, language: string): Translate
  /** Languages the core has texts in. */
  readonly languages: readonly string[]
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur'])

/** Reads and parses every template and text at once, so that a fault shows at start and not in the middle of an exam. */
export function createRenderer (options: RendererOptions): Renderer {
  let shelf = createShelf(options)
  const current = () => options.cache ? shelf : (shelf = createShelf(options))

  async function render (provider: string | null, template: string, variables: object, language: string): Promise<string> {
    const { find, core } = current()
    const set = find(provider)
    try {
      return set.render(template, variables, language)
    } catch (fault) {
      if (provider === null || set === core || !core.has(template)) throw fault
      options.onFault?.(fault, provider, template)
      return core.render(template, variables, language)
    }
  }

  return {
    render,
    async renderPage ({ provider, view, variables, language, document = false, assets = {} }) {
      const facts = { ...variables, view, heading_level: document ? 1 : 2 }
      const content = await render(provider, view, facts, language)
      return render(provider, document ? 'layout/document' : 'layout/fragment', { ...facts, ...assets, content, title: headingOf(content) }, language)
    },
    has: (provider, template) => current().find(provider).has(template),
    translator: (provider, language) => createTranslator(current().find(provider).catalog, language).translate,
    get languages () { return [...current().core.catalog.keys()] },
  }
}

/** The page's own heading, as it was printed, is the document's title: also when a provider changed it. */
const headingOf = (page: string): string => (/<h1\b[^>]*>([^]*?)<\/h1>/.exec(page)?.[1] ?? '').replace(/<[^>]*>/g, '').trim()

type TemplateSet = ReturnType<typeof createTemplateSet>

function createShelf ({ templatesDir, localesDir, overlays = new Map() }: RendererOptions) {
  const files = readFolder(templatesDir, '.liquid')
  const core = findCoreSet(files, localesDir)
  const sets = new Map<string, TemplateSet>()
  for (const [provider, overlay] of overlays) {
    if (!overlay.templatesDir && !overlay.localesDir) continue
    const own = overlay.templatesDir ? readFolder(overlay.templatesDir, '.liquid') : new Map<string, string>()
    const catalog = overlay.localesDir ? loadCatalog([overlay.localesDir], core.catalog) : core.catalog
    sets.set(provider, createTemplateSet(files, own, catalog))
  }
  const find = (provider: string | null): TemplateSet => (provider !== null && sets.get(provider)) || core
  return { core, find }
}

let latest: { readonly sources: string, readonly set: TemplateSet } | undefined

/** The same files make the same set: who writes templates, and a second service in the process, need not wait for it again. */
function findCoreSet (files: ReadonlyMap<string, string>, localesDir: string): TemplateSet {
  const sources = JSON.stringify([...files, localesDir, ...readFolder(localesDir, '.yaml')])
  if (latest?.sources !== sources) latest = { sources, set: createTemplateSet(files, new Map(), loadCatalog([localesDir])) }
  return latest.set
}

/** The core's templates with one provider's over them, in all languages. Templates live in memory: no name can reach another file. */
function createTemplateSet (core: ReadonlyMap<string, string>, own: ReadonlyMap<string, string>, catalog: Catalog) {
  const templates: Record<string, string> = Object.create(null)
  for (const [name, source] of core) templates[name] = templates[`core/${name}`] = source
  for (const [name, source] of own) templates[name] = source
  const engines = new Map<string, Liquid>()
  const engine = (language: string): Liquid => {
    const known = engines.get(language)
    if (known) return known
    const made = createEngine(templates, catalog, language)
    engines.set(language, made)
    return made
  }
  checkTemplates(own.size > 0 ? own : core, engine('en'))
  return {
    catalog,
    has: (template: string) => template in templates,
    /** Synchronous inside: all is in memory, nothing waits, and it takes two thirds of the time. */
    render (template: string, variables: object, wanted: string): string {
      if (!(template in templates)) throw new Error(`There is no page template "${template}"; expected one of templates/**/*.liquid.`)
      const language = findLanguage(wanted, catalog)
      const page: unknown = engine(language).renderFileSync(template, {
        heading_level: 2, view: template, ...variables, language, direction: RIGHT_TO_LEFT.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr',
      })
      return String(page)
    },
  }
}

function createEngine (templates: Record<string, string>, catalog: Catalog, language: string): Liquid {
  const engine = new Liquid({ templates, cache: true, strictFilters: true, ownPropertyOnly: true, outputEscape: escapeHtml })
  registerFilters(engine, createTranslator(catalog, language))
  return engine
}

function checkTemplates (templates: ReadonlyMap<string, string>, engine: Liquid): void {
  const faults = [...templates].flatMap(([name, source]) => {
    try {
      engine.parse(source, name)
      return []
    } catch (cause) {
      return [new Error(`Template "${name}" cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })]
    }
  })
  if (faults.length > 0) throw new AggregateError(faults, faults.map(fault => fault.message).join('\n'))
}
