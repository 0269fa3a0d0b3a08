import { readFile, realpath, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { describePackage } from '../../package.ts'
import type { Manifest } from './target.ts'

export interface FoundPackage { readonly folder: string, readonly manifest: Manifest | null }

/** Not understood: the caller named something that is not there. */
export class TargetError extends Error {}

/** A folder, or the name of a package installed where the command is run or beside Invigil itself. */
export async function findPackage (named: string, cwd: string): Promise<FoundPackage> {
  const folder = await findFolder(named, cwd)
  return { folder, manifest: await readManifest(folder) }
}

async function findFolder (named: string, cwd: string): Promise<string> {
  const path = resolve(cwd, named)
  if (await isFolder(path)) return realpath(path)
  for (const from of [cwd, describePackage().root]) {
    for (const base of createRequire(join(from, 'package.json')).resolve.paths(`${named}/package.json`) ?? []) {
      if (await isFolder(join(base, named))) return realpath(join(base, named))
    }
  }
  throw new TargetError(`Expected "${named}" to be a folder, an installed package or an address (https://...); found none. Install it, or check the name.`)
}

const isFolder = (path: string) => stat(path).then(facts => facts.isDirectory(), () => false)

export async function readManifest (folder: string): Promise<Manifest | null> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    return typeof manifest === 'object' && manifest !== null && !Array.isArray(manifest) ? { ...manifest } : null
  } catch {
    return null
  }
}

/** An object inside a manifest; empty when it is none. */
export function section (manifest: Manifest | null, ...path: string[]): Manifest {
  let value: unknown = manifest
  for (const key of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

/** Entry points by name; those that are no text are the manifest checks' affair. */
export function entryPoints (manifest: Manifest | null): Map<string, string> {
  return new Map(Object.entries(section(manifest, 'invigil', 'providers')).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
