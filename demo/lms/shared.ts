import type { BrowserAsset } from '../../core/browser/bundle.ts'
import type { Clock } from '../../core/clock.ts'
import type { Config } from '../../core/config/schema.ts'
import { COURSE } from './course.ts'
import { isRecord, type Invigil } from './invigil.ts'

const MANIFEST = '/static/invigil/manifest.json'

export interface SharedParts {
  config: Config
  clock: Clock
  invigil: Invigil
  assets: { style: BrowserAsset, script: BrowserAsset }
}

/** What every page of the LMS shows. The service's scripts are looked up in its manifest, once, as a foreign platform would. */
export function createShared ({ config, clock, invigil, assets }: SharedParts): () => Promise<Record<string, unknown>> {
  let manifest: Promise<unknown> | null = null
  return async () => {
    manifest ??= invigil.readFile(MANIFEST)
    return {
      platform: config.lms.platform_name,
      course: COURSE,
      now: clock.now().toISOString(),
      console_url: consoleUrl(config.providers),
      own: { style: refer(assets.style), script: refer(assets.script) },
      service: readManifest(await manifest),
    }
  }
}

const refer = ({ path, integrity }: BrowserAsset) => ({ path, integrity })

function readManifest (manifest: unknown): { scripts: unknown[], styles: unknown[] } {
  const { scripts = {}, styles = {} } = isRecord(manifest) ? manifest : {}
  return { scripts: isRecord(scripts) ? Object.values(scripts) : [], styles: isRecord(styles) ? Object.values(styles) : [] }
}

/** The demo vendor's own console, where it is enabled. */
function consoleUrl ({ enabled }: Config['providers']): string | null {
  const entry = enabled['demo-vendor']
  if (!entry || entry.retired) return null
  const base = entry.options.base_url
  return new URL('/console', typeof base === 'string' ? base : 'http://127.0.0.1:8001').href
}
