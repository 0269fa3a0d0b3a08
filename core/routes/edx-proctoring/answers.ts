import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'

/** Some answers of the old wire are a bare JSON string. The framework sends a text as it stands, so it is quoted here. */
export const BareText = Type.String({ description: 'a bare JSON string' })

export function sendBareText (reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(text))
}
