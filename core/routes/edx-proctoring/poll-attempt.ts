import { remainingSeconds } from '../../domain/attempt/time.ts'
import { lookAtAttempt } from '../../domain/attempt/read.ts'
import type { SeenAttempt } from '../../domain/attempt/records.ts'
import type { DomainContext } from '../../domain/context.ts'
import type { WirePolledAttempt } from '../../schemas/edx-proctoring.ts'
import { remainingSentence } from './attempt-data.ts'
import { wireStoredAttempt } from './wire.ts'

/** The stored attempt with the seconds that are left now. */
export async function pollAttempt (ctx: DomainContext, attemptId: number, authorise: (seen: SeenAttempt) => void): Promise<WirePolledAttempt> {
  const seen = await lookAtAttempt(ctx, attemptId)
  authorise(seen)
  const seconds = remainingSeconds(seen.attempt, ctx.clock.now())
  return { ...wireStoredAttempt(seen), time_remaining_seconds: seconds, accessibility_time_string: remainingSentence(seconds) }
}
