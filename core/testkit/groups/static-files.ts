import { stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { openLoadedBench } from '../bench/bench.ts'
import { defineGroup, NotApplicable, problem, type Verdict } from '../check.ts'

interface File { readonly path: string, readonly bytes: number }
interface Subject { readonly files: readonly File[], readonly workerBytes: number | null }

const MIB = 1024 * 1024
const LARGEST_FILE = 2 * MIB
const LARGEST_FOLDER = 10 * MIB
const LARGEST_WORKER = MIB

/** What browsers load into a page. */
const KNOWN_TYPES = new Set(['.css', '.js', '.mjs', '.json', '.map', '.svg', '.png', '.jpg', '.jpeg', '.gif', '.webp', '.avif', '.ico', '.woff', '.woff2', '.txt', '.md', '.pdf', '.mp3', '.mp4', '.webm', '.wasm', '.vtt'])

export default defineGroup<Subject>({
  id: 'static',
  title: 'files for the browser',
  about: 'Looks at the files of the static folder and at the bundled script: learners load them, often over slow lines, while their exam begins.',
  async open (target) {
    const bench = await openLoadedBench(target)
    await bench.close()
    const { staticDir, staticAssets, worker } = bench.provider
    const paths = staticDir === null ? [] : [...staticAssets?.files ?? []]
    const files = await Promise.all(paths.map(async path => ({ path, bytes: (await stat(join(staticDir ?? '', path))).size })))
    return { subject: { files, workerBytes: worker?.body.length ?? null } }
  },
  checks: [
    {
      id: 'types',
      title: 'static files are of types that belong into a page',
      run: subject => withFiles(subject, files => files.filter(({ path }) => !KNOWN_TYPES.has(extname(path).toLowerCase()) || path.split('/').some(part => part.startsWith('.')))
        .map(({ path }) => problem(`files ending in ${[...KNOWN_TYPES].join(' ')}`, `"${path}"`, 'Take it out of the static folder: everything there is served to everybody, from the host\'s own origin.'))),
    },
    {
      id: 'sizes',
      title: `no file is larger than ${LARGEST_FILE / MIB} MiB, all together at most ${LARGEST_FOLDER / MIB} MiB`,
      run: subject => withFiles(subject, files => {
        const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
        return [
          ...files.filter(({ bytes }) => bytes > LARGEST_FILE).map(({ path, bytes }) => problem(`at most ${LARGEST_FILE} bytes`, `"${path}" with ${bytes}`, 'Make it smaller, or let it be loaded from the vendor\'s own site.')),
          ...total > LARGEST_FOLDER ? [problem(`at most ${LARGEST_FOLDER} bytes in all`, `${total}`, 'Leave out what no page needs.')] : [],
        ]
      }),
    },
    {
      id: 'worker-size',
      title: `the bundled script is at most ${LARGEST_WORKER / MIB} MiB`,
      run: ({ workerBytes }) => {
        if (workerBytes === null) return new NotApplicable('the provider has no worker')
        return workerBytes > LARGEST_WORKER ? problem(`at most ${LARGEST_WORKER} bytes`, `${workerBytes}`, 'It is loaded anew for every message: import less.') : undefined
      },
    },
  ],
})

const withFiles = ({ files }: Subject, look: (files: readonly File[]) => Verdict): Verdict => files.length === 0 ? new NotApplicable('the provider has no static files') : look(files)
