import { remainingSeconds } from '../../domain/attempt/time.ts'
import { getAttempt } from '../../domain/attempt/read.ts'
import type { AttemptRecord } from '../../domain/attempt/attempt.ts'
import type { DomainContext } from '../../domain/context.ts'
import type { WirePolledAttempt } from '../../schemas/edx-proctoring.ts'
import { remainingSentence } from './attempt-data.ts'
import { wireStoredAttempt } from './wire.ts'

/** The stored attempt with the seconds that are left now. */
export async function pollAttempt (ctx: DomainContext, attemptId: number, authorise: (record: AttemptRecord) => void): Promise<WirePolledAttempt> {
  const record = await getAttempt(ctx, attemptId)
  authorise(record)
  const seconds = remainingSeconds(record.attempt, ctx.clock.now())
  return { ...wireStoredAttempt(record), time_remaining_seconds: seconds, accessibility_time_string: remainingSentence(seconds) }
}
