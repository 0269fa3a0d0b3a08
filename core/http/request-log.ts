import { LogController, type FastifyReply, type FastifyRequest } from 'fastify'

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * One line per request, when it has been answered. A read that went well is told at `debug` only: the pages of all learners in an exam poll,
 * the metrics count them, and their lines would bury the others.
 */
export class RequestLog extends LogController {
  override incomingRequest (): void {}

  override requestCompleted (error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    if (error) request.log.error({ req: request, res: reply, err: error, responseTime: reply.elapsedTime }, 'request errored')
    else if (isNews(request, reply)) request.log.info({ req: request, res: reply, responseTime: reply.elapsedTime }, 'request completed')
    else request.log.debug({ req: request, res: reply, responseTime: reply.elapsedTime }, 'request completed')
  }
}

function isNews ({ method }: FastifyRequest, { statusCode }: FastifyReply): boolean {
  return statusCode >= 400 || !READS.has(method)
}
