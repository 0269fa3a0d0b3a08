import { lmsRefusalOf } from '../lms/refusal.ts'
import type { LmsCommand, LmsCommandOptions, LmsServices } from '../lms/services.ts'
import type { Handler } from './deliver.ts'
import { LmsOrderSchema, readOrder, Undeliverable, type LmsOrder } from './payloads.ts'
import { isFinalRefusal } from './refusal.ts'

export interface LmsHandlerOptions { lms: Pick<LmsServices, 'commands'> }

type Send = (command: LmsCommand, part?: string) => Promise<unknown>

/** Commands the platform. A service it does not have is skipped; what it refuses for good dies visibly. */
export function createLmsHandler ({ lms }: LmsHandlerOptions): Handler {
  return async (effect, signal) => {
    const order = readOrder(LmsOrderSchema, effect.payload)
    const options = { requestId: effect.requestId, signal }
    // each request of a compound has a key of its own that stays the same over all tries
    const send: Send = (command, part) => lms.commands.send(command, { ...options, idempotencyKey: part ? `${effect.idempotencyKey}-${part}` : effect.idempotencyKey })
    try {
      if (order.service !== 'grades' || (order.method !== 'reject' && order.method !== 'restore')) await send(order)
      else await sendGrades(order, send, lms, options)
    } catch (error) {
      throw refusedForGood(error) ? new Undeliverable(error.message, { cause: error }) : error
    }
  }
}

/** Whether a grade may be touched is asked when it is touched: the course decides, and may have changed its mind. */
async function sendGrades ({ method, args }: LmsOrder, send: Send, lms: LmsHandlerOptions['lms'], options: Omit<LmsCommandOptions, 'idempotencyKey'>): Promise<void> {
  if (!await lms.commands.shouldOverrideGrade(args.course_key_or_id, options)) return
  const learner = { user_id: args.user_id, course_key_or_id: args.course_key_or_id }
  const subsection = { ...learner, usage_key_or_id: args.usage_key_or_id }
  if (method === 'restore') {
    await send({ service: 'grades', method: 'undo_override_subsection_grade', args: subsection })
    return
  }
  const grade = { earned_all: 0, earned_graded: 0, overrider: args.overrider ?? null, comment: args.comment ?? '' }
  await send({ service: 'grades', method: 'override_subsection_grade', args: { ...subsection, ...grade } }, 'override')
  await send({ service: 'certificates', method: 'invalidate_certificate', args: learner }, 'certificate')
}

function refusedForGood (error: unknown): error is Error {
  if (lmsRefusalOf(error) !== null) return true
  return error instanceof Error && 'platformStatus' in error && typeof error.platformStatus === 'number' && isFinalRefusal(error.platformStatus)
}
