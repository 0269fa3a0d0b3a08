import { PassThrough, Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest, RequestPayload } from 'fastify'
import { INV_TOO_LARGE } from '../errors.ts'
import { BODY_LIMIT } from './limits.ts'

/** Bodies of signed calls as they came, byte for byte. */
const rawBodies = new WeakMap<FastifyRequest, Buffer>()

export function isSignedCall (request: FastifyRequest): boolean {
  return request.headers['webhook-signature'] !== undefined && request.headers.authorization === undefined
}

/** Before parsing: a signature covers bytes, so they are kept, and given back to the parsers. */
export async function keepRawBody (request: FastifyRequest, reply: FastifyReply, payload: RequestPayload): Promise<RequestPayload> {
  if (!isSignedCall(request) || !(payload instanceof Readable)) return payload
  const raw = await readAll(payload, reply)
  rawBodies.set(request, raw)
  const again = Object.assign(new PassThrough(), { receivedEncodedLength: raw.length })
  again.end(raw)
  return again
}

/** Before the handler: the signature names the vendor. */
export function createSignatureCheck (app: FastifyInstance) {
  return async function checkSignature (request: FastifyRequest): Promise<void> {
    if (!isSignedCall(request)) return
    const { headers } = request
    request.caller = await app.verifySignedCall({
      id: headers['webhook-id'],
      timestamp: headers['webhook-timestamp'],
      signature: headers['webhook-signature'],
      client: headers['webhook-client'],
      body: rawBodies.get(request) ?? Buffer.alloc(0),
    })
  }
}

async function readAll (payload: Readable, reply: FastifyReply): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  // destroying the stream would cut the connection before the refusal is sent
  for await (const chunk of payload.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > BODY_LIMIT) {
      reply.header('connection', 'close')
      throw new INV_TOO_LARGE(BODY_LIMIT)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
