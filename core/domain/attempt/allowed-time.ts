import type { DomainContext } from '../context.ts'
import { extraMinutes } from '../allowance/read.ts'
import { courseEnd, dueDateInForce } from '../exam/due-date.ts'
import { allowedMinutes, isPastDue } from './time.ts'
import type { Attempt, Exam } from './attempt.ts'

/** Whole minutes this learner would get if the exam started now; `current` is the learner's present attempt, if any. */
export async function allowedMinutesFor (ctx: DomainContext, exam: Exam, userId: number, current: Pick<Attempt, 'timeRemainingSeconds'> | null): Promise<number> {
  const [due, extraMins] = await Promise.all([dueDateInForce(ctx, exam, userId), extraMinutes(ctx.db, userId, exam.id)])
  return allowedMinutes({ timeLimitMins: exam.timeLimitMins, savedSeconds: current?.timeRemainingSeconds ?? null, extraMins, due, now: ctx.clock.now() })
}

/** Has the exam ended for this learner? */
export async function isPastDueFor (ctx: DomainContext, exam: Exam, userId: number | null): Promise<boolean> {
  const due = await dueDateInForce(ctx, exam, userId)
  const end = due === null && !exam.isProctored && !exam.isPracticeExam ? await courseEnd(ctx, exam.courseId) : null
  return isPastDue(exam, due, end, ctx.clock.now())
}
