import { defineEntity, p } from '@mikro-orm/core'
import { ExamEntity } from './exam.ts'
import { UserEntity } from './user.ts'

/** Something granted to one learner in one exam, e.g. extra minutes. */
export const AllowanceEntity = defineEntity({
  name: 'Allowance',
  tableName: 'allowance',
  properties: {
    id: p.integer().primary(),
    user: () => p.manyToOne(UserEntity).deleteRule('cascade'),
    exam: () => p.manyToOne(ExamEntity).deleteRule('cascade'),
    key: p.string().length(255),
    value: p.string().length(255),
    createdAt: p.datetime(3),
    modifiedAt: p.datetime(3),
  },
  uniques: [{ properties: ['user', 'exam', 'key'] }],
  indexes: [{ properties: ['exam'] }],
})
