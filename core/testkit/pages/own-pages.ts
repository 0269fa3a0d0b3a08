import { join } from 'node:path'
import { Liquid } from 'liquidjs'
import { readFolder } from '../../interstitials/files.ts'
import { registerFilters } from '../../interstitials/filters.ts'
import { createRenderer, type Renderer } from '../../interstitials/render.ts'
import { createTranslator, loadCatalog, type Catalog } from '../../interstitials/texts.ts'
import { describePackage } from '../../package.ts'
import { PAGE_SAMPLES, type PageSample } from './samples.ts'

const CORE_TEMPLATES = join(describePackage().root, 'templates')
export const CORE_LOCALES = join(describePackage().root, 'locales')

/** A provider's pages beside the core's. */
export interface OwnPages {
  /** By name, e.g. `proctored_exam/instructions`. */
  readonly own: ReadonlyMap<string, string>
  readonly core: ReadonlyMap<string, string>
  /** What of the own templates cannot be parsed. */
  readonly parseFaults: readonly string[]
  readonly catalog: Catalog
  /** Pages as printed with the provider's templates and without; empty when they cannot be parsed. */
  readonly printed: readonly PrintedPage[]
  /** Variables a template asks for that are not its own. */
  variablesOf (name: string): string[]
}

export interface PrintedPage { readonly view: string, readonly core: string, readonly own: string, readonly faults: readonly string[] }

export async function openPages (templatesDir: string): Promise<OwnPages> {
  const core = readFolder(CORE_TEMPLATES, '.liquid')
  const own = readFolder(templatesDir, '.liquid')
  const catalog = loadCatalog([CORE_LOCALES])
  const engine = createEngine(core, own, catalog)
  const parseFaults = [...own].flatMap(([name, source]) => faultOf(() => engine.parse(source, name)).map(fault => `"${name}": ${fault}`))
  return {
    own,
    core,
    parseFaults,
    catalog,
    printed: parseFaults.length > 0 ? [] : await printAll(templatesDir),
    variablesOf: name => engine.globalVariablesSync(engine.parse(own.get(name) ?? core.get(name) ?? '', name), { partials: false }),
  }
}

function createEngine (core: ReadonlyMap<string, string>, own: ReadonlyMap<string, string>, catalog: Catalog): Liquid {
  const named = [...core].flatMap(([name, source]) => [[name, source], [`core/${name}`, source]])
  const engine = new Liquid({ templates: Object.fromEntries([...named, ...own]), strictFilters: true, ownPropertyOnly: true })
  registerFilters(engine, createTranslator(catalog, 'en'))
  return engine
}

function faultOf (work: () => unknown): string[] {
  try {
    work()
    return []
  } catch (error) {
    return [(error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').slice(0, 300)]
  }
}

async function printAll (templatesDir: string): Promise<PrintedPage[]> {
  let faults: string[] = []
  const renderer = createRenderer({
    templatesDir: CORE_TEMPLATES,
    localesDir: CORE_LOCALES,
    overlays: new Map([['own', { templatesDir, localesDir: null }]]),
    cache: true,
    onFault: (fault, _provider, template) => { faults.push(`"${template}": ${fault instanceof Error ? fault.message : String(fault)}`) },
  })
  const pages: PrintedPage[] = []
  for (const sample of PAGE_SAMPLES) {
    faults = []
    const core = await print(renderer, null, sample)
    const own = await print(renderer, 'own', sample).catch(error => { faults.push(String(error)); return core })
    pages.push({ view: sample.view, core, own, faults })
  }
  return pages
}

const print = (renderer: Renderer, provider: string | null, { view, variables }: PageSample): Promise<string> =>
  renderer.renderPage({ provider, view, variables, language: 'en', document: true })
