import type { Sql } from '../../db/sql.ts'
import type { SavedExam } from '../../provider/contract.ts'
import type { Exam } from '../attempt/attempt.ts'
import { examFacts } from './exam-facts.ts'
import { reviewPolicyOf } from './review-policy-of.ts'

/** What a vendor is told of an exam: its facts and, when there is a review policy, its text. */
export async function savedExam (sql: Sql, exam: Exam): Promise<SavedExam> {
  const policy = await reviewPolicyOf(sql, exam.id)
  return policy ? { ...examFacts(exam), ruleSummary: policy.text } : examFacts(exam)
}
