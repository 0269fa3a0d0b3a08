import type { AnyGroup } from '../check.ts'
import closing from './closing.ts'
import definition from './definition.ts'
import faults from './faults.ts'
import leaks from './leaks.ts'
import locales from './locales.ts'
import manifest from './manifest.ts'
import methods from './methods.ts'
import routes from './routes.ts'
import states from './states.ts'
import staticFiles from './static-files.ts'
import templates from './templates.ts'
import vendor from './vendor.ts'
import worker from './worker.ts'

/** Every group of checks, in the order they are made. */
export const GROUPS: readonly AnyGroup[] = [manifest, definition, methods, faults, leaks, closing, staticFiles, templates, locales, routes, worker, states, vendor]
