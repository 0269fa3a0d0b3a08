import { pollAttempt } from '../../domain/attempt/poll.ts'
import type { DomainContext } from '../../domain/context.ts'
import type { WirePolledAttempt } from '../../schemas/edx-proctoring.ts'
import { remainingSentence } from './attempt-data.ts'
import { wireStoredAttempt } from './wire.ts'

/** The stored attempt with the seconds that are left now. */
export async function answerPoll (ctx: DomainContext, attemptId: number, authorise: (ownerId: number) => void): Promise<WirePolledAttempt> {
  const poll = await pollAttempt(ctx, attemptId)
  authorise(poll.user.id)
  return { ...wireStoredAttempt(poll), time_remaining_seconds: poll.secondsLeft, accessibility_time_string: remainingSentence(poll.secondsLeft) }
}
