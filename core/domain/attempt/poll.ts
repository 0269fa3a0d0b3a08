import { createToldReader, selectColumns, widthOf, type Told } from '../../db/columns.ts'
import type { Statement, TextRow } from '../../db/sql.ts'
import type { DomainContext } from '../context.ts'
import { getAttempt } from './read.ts'
import { ATTEMPT_COLUMNS, EXAM_COLUMNS, USER_COLUMNS } from './records.ts'
import { isTimeOver, remainingSeconds } from './time.ts'
import type { Attempt, Exam, User } from './attempt.ts'

/** What the page that polls is not told. */
const { version, userId, examId, provider, isCurrent, archivedAt, ...ATTEMPT } = ATTEMPT_COLUMNS
const { fullName, isActive, ...USER } = USER_COLUMNS

export type StoredAttempt = Pick<Attempt, keyof typeof ATTEMPT>
export type StoredUser = Pick<User, keyof typeof USER>

export interface Poll {
  attempt: StoredAttempt | Told<StoredAttempt>
  exam: Exam | Told<Exam>
  user: StoredUser
  secondsLeft: number
}

const BY_ID: Statement = {
  name: 'attempt-poll',
  text: `select ${selectColumns('a', ATTEMPT)}, ${selectColumns('e', EXAM_COLUMNS)}, ${selectColumns('u', USER)}
    from attempt a join exam e on e.id = a.exam_id join users u on u.id = a.user_id where a.id = $1 and a.archived_at is null`,
}
const readAttempt = createToldReader<StoredAttempt>(ATTEMPT, 0)
const readExam = createToldReader<Exam>(EXAM_COLUMNS, widthOf(ATTEMPT))
const readUser = createToldReader<StoredUser>(USER, widthOf(ATTEMPT) + widthOf(EXAM_COLUMNS))

/** The attempt and the time that is left, at the least cost: the page of every learner in an exam asks this again and again. */
export async function pollAttempt (ctx: DomainContext, id: number): Promise<Poll> {
  const [row] = await ctx.db.texts(BY_ID, [id])
  const now = ctx.clock.now()
  const poll = row ? tell(row, now) : null
  if (poll) return poll
  // no such attempt, or one to be submitted first: the long way
  const { attempt, exam, user } = await getAttempt(ctx, id)
  return { attempt, exam, user, secondsLeft: remainingSeconds(attempt, now) }
}

function tell (row: TextRow, now: Date): Poll | null {
  const attempt = readAttempt(row)
  const { status, startedAt, allowedTimeLimitMins } = attempt
  const timed = { status, startedAt: startedAt === null ? null : new Date(startedAt), allowedTimeLimitMins }
  return isTimeOver(timed, now) ? null : { attempt, exam: readExam(row), user: readUser(row), secondsLeft: remainingSeconds(timed, now) }
}
