import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Test } from 'tap'
import type { ErrorCode } from '../../../core/http/refusals.ts'
import { installFixtures } from '../../provider/host.ts'
import { openHouse, PROVIDERS, type House } from '../walk/scene.ts'

const PROJECT_PACKAGES = join(import.meta.dirname, '../../../node_modules/@invigil')
const DEADLINE_MS = 250
/** Calls that fail one after the other until a provider is not called any more. */
const OPENS_AFTER = 5
/** A provider that failed four times has one call left; with so many of a kind none comes that far. */
const OF_A_KIND = 6

export const told = (way: string) => ({ package: 'fixture-fails-as-told', options: { way } })
export const AT_START = { ...told('at-start'), on_boot_failure: 'disable' }
export const RETIRED = { retired: true }

/** Every way in which asking a provider can end badly, by what is answered then. */
export const WAYS = {
  INV_PROVIDER_FAILED: { way: 'throws', entry: told('throws') },
  INV_PROVIDER_TIMEOUT: { way: 'hangs', entry: told('hangs') },
  INV_PROVIDER_BAD_ANSWER: { way: 'babbles', entry: told('babbles') },
  INV_PROVIDER_REFUSED: { way: 'refuses', entry: told('refuses') },
  INV_PROVIDER_UNAVAILABLE: { way: 'open', entry: told('throws') },
  INV_PROVIDER_DISABLED: { way: 'off', entry: AT_START },
  INV_PROVIDER_RETIRED: { way: 'gone', entry: RETIRED },
  INV_PROVIDER_NOT_FOUND: { way: 'unknown', entry: null },
} as const satisfies Partial<Record<ErrorCode, { way: string, entry: object | null }>>
export type WayCode = keyof typeof WAYS

let turns = 0
/** The name of a provider that fails in this way; not always the same. */
export const nameOf = (code: WayCode): string => `${WAYS[code].way}-${turns++ % OF_A_KIND}`

/** Where the fixtures and the project's own providers are installed. */
export async function installProviders (t: Test): Promise<string> {
  const hostRoot = await installFixtures(t, 'fails-as-told')
  await symlink(PROJECT_PACKAGES, join(hostRoot, 'node_modules/@invigil'), 'dir')
  return hostRoot
}

/** A house with providers of every kind that fails; scenes begin with one that is well. */
export async function openFailingHouse (t: Test): Promise<House> {
  const failing = Object.values(WAYS).flatMap(({ way, entry }) => entry === null ? [] : Array.from({ length: OF_A_KIND }, (_, index) => [`${way}-${index}`, entry] as const))
  const enabled = { ...PROVIDERS.enabled, software_secure: told('as-the-review-says'), ...Object.fromEntries(failing) }
  const house = await openHouse(t, { hostRoot: await installProviders(t), trial: { deadlineMs: DEADLINE_MS }, config: { providers: { ...PROVIDERS, enabled } } })
  for (const provider of house.app.providers.list().filter(({ name }) => name.startsWith('open-'))) {
    for (let call = 0; call < OPENS_AFTER; call++) await provider.call('getConfiguration', []).catch(() => {})
  }
  return house
}
