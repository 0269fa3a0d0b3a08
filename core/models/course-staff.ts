import { defineEntity, p } from '@mikro-orm/core'
import { UserEntity } from './user.ts'

/** A person an operator made staff of a course here, beside whom the platform's tokens and services name. */
export const CourseStaffEntity = defineEntity({
  name: 'CourseStaff',
  tableName: 'course_staff',
  properties: {
    user: () => p.manyToOne(UserEntity).primary().deleteRule('cascade'),
    courseId: p.string().length(255).primary(),
    createdAt: p.datetime(3),
  },
  indexes: [{ properties: ['courseId'] }],
})
