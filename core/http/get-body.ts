import type { FastifyRequest } from 'fastify'
import { INV_BAD_REQUEST, INV_TOO_LARGE } from '../errors.ts'

const LIMIT = 64 * 1024

/** The framework leaves the body of a GET unread, and rightly so; one address of the old wire takes its arguments there (Q32). JSON or a form. */
export async function readGetBody ({ raw, headers }: FastifyRequest): Promise<Readonly<Record<string, unknown>>> {
  const length = Number(headers['content-length'] ?? 0)
  if (length > LIMIT) throw new INV_TOO_LARGE(LIMIT)
  if (!(length > 0) && headers['transfer-encoding'] === undefined) return {}
  const text = await readText(raw)
  if (text.trim() === '') return {}
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text))
  return readObject(text)
}

/** Reads to the end in any case: the answer needs the connection that the body came on. */
function readText (raw: FastifyRequest['raw']): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  return new Promise((resolve, reject) => {
    raw.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= LIMIT) chunks.push(chunk)
    })
    raw.once('end', () => { size > LIMIT ? reject(new INV_TOO_LARGE(LIMIT)) : resolve(Buffer.concat(chunks).toString('utf8')) })
    raw.once('error', () => { reject(new INV_BAD_REQUEST('The request body ended too early.')) })
  })
}

function readObject (text: string): Readonly<Record<string, unknown>> {
  const value = parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new INV_BAD_REQUEST('The body must be a JSON object.')
  return Object.fromEntries(Object.entries(value))
}

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new INV_BAD_REQUEST('The request body is not valid JSON.')
  }
}
