import type { Sql } from '../../db/sql.ts'
import { dateFromText } from '../../db/timestamps.ts'
import type { AttemptStatus } from '../attempt/status.ts'

/** A verified profile is good for so long, wherever it was made (Q17). */
const VALID_DAYS = 365
const DAY_MS = 86_400_000

export const validUntil = (verifiedAt: Date): Date => new Date(verifiedAt.getTime() + VALID_DAYS * DAY_MS)

export interface OnboardingAttempt { id: number, status: AttemptStatus, modifiedAt: Date }

/** What speaks for one learner, the latest first. */
export interface OnboardingRecord {
  /** Attempts at the active onboarding exams of the course. */
  here: OnboardingAttempt[]
  /** Verified ones under the same provider in any course, not too old. */
  approved: OnboardingAttempt[]
}

/** One walk along the index of practice attempts per learner, however many learners are asked for. */
const OF_LEARNERS = {
  name: 'onboarding-attempts',
  text: `select * from (
      select a.id, a.user_id, a.status, a.modified_at,
        a.course_id = $1 and e.is_active as here,
        a.status = 'verified' and coalesce(e.backend, $3) = $4 and a.modified_at > $5 as approved
      from attempt a join exam e on e.id = a.exam_id
      where a.user_id = any($2::int[]) and a.is_sample_attempt and a.archived_at is null and a.taking_as_proctored and e.is_practice_exam
    ) as found where here or approved order by modified_at desc, id`,
}

interface Row { id: number, user_id: number, status: AttemptStatus, modified_at: string, here: boolean, approved: boolean }

export interface LearnersQuery {
  courseId: string
  userIds: readonly number[]
  /** Name of the provider the profile is for. */
  provider: string
  defaultProvider: string | null
  now: Date
}

/** By user id; who has no attempts is not in it. One query for all. */
export async function findOnboardingRecords (sql: Sql, { courseId, userIds, provider, defaultProvider, now }: LearnersQuery): Promise<Map<number, OnboardingRecord>> {
  if (userIds.length === 0) return new Map()
  const since = new Date(now.getTime() - VALID_DAYS * DAY_MS).toISOString()
  const rows = await sql.query<Row>(OF_LEARNERS, [courseId, userIds, defaultProvider, provider, since])
  const byLearner = Map.groupBy(rows, row => row.user_id)
  return new Map([...byLearner].map(([userId, own]) => [userId, toRecord(own)]))
}

const toRecord = (rows: readonly Row[]): OnboardingRecord =>
  ({ here: rows.filter(({ here }) => here).map(toAttempt), approved: rows.filter(({ approved }) => approved).map(toAttempt) })

const toAttempt = ({ id, status, modified_at: at }: Row): OnboardingAttempt => ({ id, status, modifiedAt: dateFromText(at) })

export const NO_RECORD: OnboardingRecord = Object.freeze({ here: [], approved: [] })
