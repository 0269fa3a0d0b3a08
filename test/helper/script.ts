import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** A script for a test page: `source` is TypeScript that imports from core/browser as if it were there. */
export async function bundleSource (source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, loader: 'ts', resolveDir: fileURLToPath(new URL('../../core/browser', import.meta.url)) },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
  })
  return outputFiles[0]?.text ?? ''
}
