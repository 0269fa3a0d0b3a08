import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url))
const VENDOR = fileURLToPath(new URL('../vendor', import.meta.url))

/** The package that stands for `@invigil/rest` in scenarios: the same, with a worker beside it. */
export const VENDOR_PACKAGE = 'invigil-scenario-vendor'

/** A folder in which the project's own provider packages and the scenarios' vendor look installed. */
export function makeHostRoot (folder: string): string {
  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  symlinkSync(join(PROJECT, 'node_modules', '@invigil'), join(modules, '@invigil'))
  symlinkSync(VENDOR, join(modules, VENDOR_PACKAGE))
  return folder
}
