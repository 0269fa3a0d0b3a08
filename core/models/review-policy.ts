import { defineEntity, p } from '@mikro-orm/core'
import { ExamEntity } from './exam.ts'

/** What reviewers of an exam are told to allow. At most one per exam. */
export const ReviewPolicyEntity = defineEntity({
  name: 'ReviewPolicy',
  tableName: 'review_policy',
  properties: {
    id: p.integer().primary(),
    exam: () => p.manyToOne(ExamEntity).deleteRule('cascade'),
    setByUserId: p.integer().nullable(),
    reviewPolicy: p.text().default(''),
    createdAt: p.datetime(3),
    modifiedAt: p.datetime(3),
  },
  uniques: [{ properties: ['exam'] }],
})
