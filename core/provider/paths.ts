import { dirname } from 'node:path'
import type { ProviderDefinition } from './contract.ts'
import type { EntryPoint } from './entry-points.ts'
import { together } from './faults.ts'
import { findInside, type Kind } from './find-inside.ts'

/** Absolute places of what a provider ships beside its code. */
export interface ProviderPaths {
  readonly worker: string | null
  readonly templates: string | null
  readonly static: string | null
  readonly locales: string | null
}

/** Checks the paths of a definition; they are relative to the entry file. */
export async function findPaths (definition: ProviderDefinition, { root, file }: EntryPoint): Promise<ProviderPaths> {
  const find = async (key: keyof ProviderPaths, kind: Kind) => {
    const target: unknown = definition[key]
    return target === undefined ? null : findInside(root, dirname(file), target, `'${key}'`, kind)
  }
  const [worker, templates, statics, locales] = await together(
    find('worker', 'file'), find('templates', 'folder'), find('static', 'folder'), find('locales', 'folder'))
  return { worker, templates, static: statics, locales }
}
