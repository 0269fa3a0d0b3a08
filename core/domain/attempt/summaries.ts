import { readColumns, selectColumns } from '../../db/columns.ts'
import type { Sql, Statement } from '../../db/sql.ts'
import type { DomainContext } from '../context.ts'
import { EXAM_COLUMNS } from './records.ts'
import { getCurrent } from './read.ts'
import { isAttemptStatus, type AttemptStatus } from './status.ts'
import { summarise, type AttemptSummary } from './summary.ts'
import { hasPassed } from './time.ts'
import type { Exam } from './attempt.ts'

export interface SummariesRequest {
  userId: number
  courseId: string
  contentIds: readonly string[]
  /** May this learner take proctored exams? Asked only where there is a platform that could say no. */
  mayTakeProctored: boolean
}

interface Standing { exam: Exam, status: AttemptStatus | null, isOverdue: boolean }

const STANDINGS: Statement = {
  name: 'attempt-standings',
  text: `select ${selectColumns('e', EXAM_COLUMNS)}, a.status,
      coalesce(a.status in ('eligible', 'created', 'download_software_clicked', 'ready_to_start', 'started', 'ready_to_submit')
        and a.started_at + make_interval(mins => coalesce(a.allowed_time_limit_mins, 0)) < $4, false) as overdue
    from exam e left join attempt a on a.exam_id = e.id and a.user_id = $2 and a.is_current and a.archived_at is null
    where e.course_id = $1 and e.content_id = any($3::text[])`,
}

/** How a learner stands in many sections of a course at once: one query, whatever their number. Unknown exams and those he may not take are null. */
export async function attemptSummaries (ctx: DomainContext, request: SummariesRequest): Promise<Map<string, AttemptSummary | null>> {
  const standings = await findStandings(ctx.db, request, ctx.clock.now())
  const mayTake = request.mayTakeProctored || ctx.platform.adapter === 'none'
  const ended = createCourseEndCheck(ctx, request)
  const summaries = new Map<string, AttemptSummary | null>(request.contentIds.map(contentId => [contentId, null]))
  for (const standing of standings) {
    const { exam } = standing
    if (exam.isProctored && !exam.isPracticeExam && !mayTake) continue
    summaries.set(exam.contentId, summarise(exam, exam.isProctored ? await statusOf(ctx, standing, request.userId, ended) : 'eligible'))
  }
  return summaries
}

async function findStandings (sql: Sql, { userId, courseId, contentIds }: SummariesRequest, now: Date): Promise<Standing[]> {
  const rows = await sql.query<{ status: string | null, overdue: boolean }>(STANDINGS, [courseId, userId, contentIds, now.toISOString()])
  return rows.map(row => ({
    exam: readColumns({ ...row }, 'e', EXAM_COLUMNS),
    status: row.status !== null && isAttemptStatus(row.status) ? row.status : null,
    isOverdue: row.overdue,
  }))
}

async function statusOf (ctx: DomainContext, { exam, status, isOverdue }: Standing, userId: number, ended: () => Promise<boolean>): Promise<AttemptStatus> {
  if (status === null) return !exam.isPracticeExam && await ended() ? 'expired' : 'eligible'
  if (!isOverdue) return status
  return (await getCurrent(ctx, userId, exam.id))?.attempt.status ?? status
}

/** Asks the platform at most once, and only when an answer needs it. */
function createCourseEndCheck (ctx: DomainContext, { userId, courseId }: SummariesRequest): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined
  const ask = async () => {
    try {
      const state = await ctx.lms.credit.getCreditState(userId, courseId, { returnCourseInfo: true })
      return hasPassed(state?.courseEndDate ?? null, ctx.clock.now())
    } catch (err) {
      ctx.log.warn({ err, courseId }, 'The credit service failed; the course is taken to go on.')
      return false
    }
  }
  return () => (answer ??= ask())
}
