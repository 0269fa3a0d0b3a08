import { PassThrough, Readable, type Stream } from 'node:stream'
import { INV_TOO_LARGE } from '../errors.ts'
import { BODY_LIMIT } from './limits.ts'

/** Reads a body as it came, for signatures, and gives it back as a stream for the parsers. */
export async function readRawBody (payload: Stream): Promise<{ raw: Buffer, again: PassThrough & { receivedEncodedLength: number } }> {
  if (!(payload instanceof Readable)) throw new TypeError('the request body is not a readable stream')
  const chunks: Buffer[] = []
  let size = 0
  // destroying the stream would close the connection before the refusal is sent
  for await (const chunk of payload.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > BODY_LIMIT) throw new INV_TOO_LARGE(BODY_LIMIT)
    chunks.push(chunk)
  }
  const raw = Buffer.concat(chunks)
  const again = Object.assign(new PassThrough(), { receivedEncodedLength: size })
  again.end(raw)
  return { raw, again }
}
