import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildOptions, BuildResult, Plugin } from 'esbuild'
import type { EntryPoint } from './entry-points.ts'
import { stop } from './faults.ts'
import type { WorkerAsset } from './registry.ts'
import { readCachedBundle, writeCachedBundle } from './worker-cache.ts'

export interface BundleSettings {
  /** Folder for finished bundles; null = bundle at every start. */
  cacheDir: string | null
  sourceMaps: boolean
}

/** One classic script from whatever the vendor ships: a module, CommonJS or a script that is classic already. */
export async function bundleWorker (provider: string, file: string, { root }: EntryPoint, settings: BundleSettings): Promise<WorkerAsset> {
  return describeAsset(provider, await readCachedBundle(settings, file) ?? await buildBundle(file, root, settings))
}

/** The same script with the provider's own options in front: any page gives them to the worker, whether or not it knows of them. */
export function introduceOptions (provider: string, worker: WorkerAsset | null, options: Readonly<Record<string, unknown>>): WorkerAsset | null {
  if (worker === null || Object.keys(options).length === 0) return worker
  const line = `self.invigilWorkerOptions=${JSON.stringify(options)};\n`
  return describeAsset(provider, Buffer.concat([Buffer.from(line), worker.body]))
}

function describeAsset (provider: string, body: Buffer): WorkerAsset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 16)
  const integrity = `sha384-${createHash('sha384').update(body).digest('base64')}`
  return Object.freeze({ path: `/static/providers/${provider}/worker-${hash}.js`, integrity, body })
}

async function buildBundle (file: string, root: string, settings: BundleSettings): Promise<Buffer> {
  // only where a worker is not in the cache: loading esbuild and starting its process is most of the cost
  const { build } = await import('esbuild')
  const result = await build(describeBuild(file, root, settings)).catch(error => stopBundling(error))
  const [output] = result.outputFiles
  if (!output) return stopBundling(new Error('the bundler made no output'))
  const body = Buffer.from(output.contents)
  // a cache that cannot be written costs time at the next start, nothing else
  await writeCachedBundle(settings, file, await readInputs(result, root), body).catch(() => undefined)
  return body
}

function describeBuild (file: string, root: string, { sourceMaps }: BundleSettings) {
  return {
    entryPoints: [file],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    format: 'iife',
    target: 'es2020',
    platform: 'browser',
    minify: !sourceMaps,
    sourcemap: sourceMaps ? 'inline' : false,
    define: { 'process.env.NODE_ENV': '"production"' },
    // neither the host's nor the vendor's compiler settings change what is served
    tsconfigRaw: '{}',
    logLevel: 'silent',
    plugins: [useHostWrapper],
  } as const satisfies BuildOptions
}

/** `invigil/worker` is the host's own, wherever the package lies, and it stands in for the reference's package, which nobody has to install. */
const useHostWrapper: Plugin = {
  name: 'host-wrapper',
  setup ({ onResolve }) {
    onResolve({ filter: /^(?:invigil\/worker|@edx\/edx-proctoring)$/ }, () => ({ path: fileURLToPath(import.meta.resolve('invigil/worker')) }))
  },
}

/** The files a bundle was made of, with their text at that moment. */
async function readInputs (result: BuildResult<{ metafile: true }>, root: string): Promise<Map<string, Buffer>> {
  const paths = Object.keys(result.metafile.inputs).map(path => resolve(root, path))
  return new Map(await Promise.all(paths.map(async path => [path, await readFile(path)] as const)))
}

function stopBundling (error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error)
  stop({
    code: 'INV_PROVIDER_WORKER_FAILED',
    expected: "'worker' to be a script that can be bundled",
    found: reason.replaceAll(/\s+/g, ' ').slice(0, 400),
    hint: 'Correct the script, or install what it imports as a dependency of the package.',
  })
}
