import type { Sql } from '../../db/sql.ts'

const REVIEW_POLICY = { name: 'review-policy-of-exam', text: 'select id, review_policy as text from review_policy where exam_id = $1::bigint' }

export async function reviewPolicyOf (sql: Sql, examId: number): Promise<{ id: number, text: string } | null> {
  const [row] = await sql.query<{ id: number, text: string }>(REVIEW_POLICY, [examId])
  return row ?? null
}
