import type { FastifyBaseLogger } from 'fastify'
import type { ProviderLog } from './contract.ts'
import { runAsHost } from './guard/scope.ts'
import type { Redactor } from './redact.ts'

type Level = 'debug' | 'info' | 'warn' | 'error'
export type LogSink = Pick<FastifyBaseLogger, Level>

/** The log a provider writes to: every line says who, and the provider's own secrets never get through. */
export function createProviderLog (sink: LogSink, redactor: Redactor, scope: object): ProviderLog {
  const write = (level: Level) => (fields: unknown, message?: unknown) => {
    const line = readLine(fields, message)
    try {
      runAsHost(() => { sink[level]({ ...scopedFields(redactor, line.fields), ...scope }, redactor.text(line.message)) })
    } catch (error) {
      // a getter that throws in what was logged must not fail the call that logged it
      sink.warn({ ...scope, err: redactor.error(error) }, 'the provider logged something that cannot be written')
    }
  }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

/** Plugins are JavaScript: `log.info('text')` and `log.error(error)` are understood as well. */
function readLine (fields: unknown, message: unknown): { fields: object, message: string } {
  if (fields instanceof Error) return { fields: { err: fields }, message: String(message ?? fields.message) }
  if (typeof fields === 'object' && fields !== null) return { fields, message: String(message ?? '') }
  return { fields: {}, message: String(fields) }
}

function scopedFields (redactor: Redactor, fields: object): object {
  const copy = redactor.value(fields)
  return typeof copy === 'object' && copy !== null ? copy : { value: copy }
}
