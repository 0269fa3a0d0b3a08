import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Check } from 'typebox/value'

// part of every key: raised whenever the way of bundling changes
const RECIPE = 2

const RecordSchema = Type.Object({ inputs: Type.Record(Type.String(), Type.String()), body: Type.String() })

interface CacheSettings { cacheDir: string | null, sourceMaps: boolean }

const digest = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')

/** The bundle of a worker if every file it was made of is still the same, to the byte. */
export async function readCachedBundle (settings: CacheSettings, worker: string): Promise<Buffer | null> {
  if (settings.cacheDir === null) return null
  const record = await readRecord(getPath(settings.cacheDir, settings, worker))
  if (!Check(RecordSchema, record)) return null
  const same = await Promise.all(Object.entries(record.inputs).map(([path, hash]) => isSame(path, hash)))
  return same.every(Boolean) ? Buffer.from(record.body, 'utf8') : null
}

export async function writeCachedBundle (settings: CacheSettings, worker: string, inputs: ReadonlyMap<string, Buffer>, body: Buffer): Promise<void> {
  if (settings.cacheDir === null) return
  const path = getPath(settings.cacheDir, settings, worker)
  const hashes = Object.fromEntries([...inputs].map(([input, content]) => [input, digest(content)]))
  // written beside and moved: another process that starts now reads the old record or the new one, never half of it
  const draft = `${path}.${randomUUID()}`
  await mkdir(settings.cacheDir, { recursive: true })
  await writeFile(draft, JSON.stringify({ inputs: hashes, body: body.toString('utf8') }))
  await rename(draft, path)
}

/** One record per worker and way of bundling, so that the folder never grows with updates. */
function getPath (cacheDir: string, { sourceMaps }: CacheSettings, worker: string): string {
  return join(cacheDir, `${digest(JSON.stringify([RECIPE, sourceMaps, worker])).slice(0, 32)}.json`)
}

async function readRecord (path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return null
  }
}

async function isSame (path: string, hash: string): Promise<boolean> {
  return await readFile(path).then(content => digest(content) === hash, () => false)
}
