import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Liquid } from 'liquidjs'
import type { Person } from './people.ts'

export interface PageParts {
  title: string
  person: Person | null
  /** The page's own variables. */
  data?: Record<string, unknown>
}
export type RenderPage = (view: string, parts: PageParts) => Promise<string>

/** The LMS's own pages. `shared` is the same for all of them: names, links, scripts. */
export function createPages (shared: () => Promise<Record<string, unknown>>): RenderPage {
  const engine = new Liquid({ templates: readViews(), cache: true, strictFilters: true, ownPropertyOnly: true, outputEscape: 'escape' })
  return async (view, { title, person, data = {} }) => {
    const page: unknown = await engine.renderFile(view, { ...await shared(), ...data, title, person })
    return String(page)
  }
}

/** In memory, so that one pass at start finds every file. */
function readViews (): Record<string, string> {
  const folder = fileURLToPath(new URL('./views/', import.meta.url))
  const files = readdirSync(folder).filter(name => name.endsWith('.liquid'))
  return Object.fromEntries(files.map(name => [name.slice(0, -'.liquid'.length), readFileSync(folder + name, 'utf8')]))
}
