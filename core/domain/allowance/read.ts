import type { Sql } from '../../db/sql.ts'

export const TIME_ALLOWANCE = 'additional_time_granted'
export const POLICY_EXCEPTION = 'review_policy_exception'

const VALUE = { name: 'allowance-value', text: 'select value from allowance where user_id = $1 and exam_id = $2 and key = $3' }

export async function allowanceValue (sql: Sql, userId: number, examId: number, key: string): Promise<string | null> {
  const [row] = await sql.query<{ value: string }>(VALUE, [userId, examId, key])
  return row?.value ?? null
}

/** Minutes granted on top of the limit; 0 when none. */
export async function extraMinutes (sql: Sql, userId: number, examId: number): Promise<number> {
  return Number.parseInt(await allowanceValue(sql, userId, examId, TIME_ALLOWANCE) ?? '0', 10) || 0
}
