import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** A file made for browsers. Its name changes with its content, so it may be kept for ever. */
export interface BrowserAsset {
  path: string
  /** Subresource integrity. */
  integrity: string
  content: Buffer
  contentType: string
}

const CONTENT_TYPES: Record<string, string> = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' }
/** Browsers of the last years; the platform's own front end asks for no less. */
const TARGET = 'es2022'

const bundled = new Map<string, Promise<BrowserAsset>>()

/** One entry, a script or a stylesheet, with all it imports, in one small classic file below `prefix`; made once in the life of a process. */
export function bundleAsset (name: string, entry: URL, prefix: string): Promise<BrowserAsset> {
  const key = [name, entry.href, prefix].join(' ')
  const asset = bundled.get(key) ?? bundle(name, entry, prefix)
  bundled.set(key, asset)
  // what failed once may be made the next time
  asset.catch(() => { bundled.delete(key) })
  return asset
}

async function bundle (name: string, entry: URL, prefix: string): Promise<BrowserAsset> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: TARGET,
    charset: 'utf8',
    logLevel: 'silent',
    legalComments: 'none',
    outdir: 'out',
    loader: { '.svg': 'dataurl', '.woff2': 'dataurl' },
  })
  const file = outputFiles[0]
  if (!file) throw new Error(`Browser asset "${name}": expected one output for ${entry.pathname}, got none.`)
  return toAsset(name, extname(file.path), Buffer.from(file.contents), prefix)
}

function toAsset (name: string, extension: string, content: Buffer, prefix: string): BrowserAsset {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  return {
    path: `${prefix}/${name}-${hash}${extension}`,
    integrity: `sha384-${createHash('sha384').update(content).digest('base64')}`,
    content,
    contentType: CONTENT_TYPES[extension] ?? 'application/octet-stream',
  }
}
