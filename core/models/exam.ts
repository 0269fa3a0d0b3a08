import { defineEntity, p } from '@mikro-orm/core'

/** A timed section of a course. Never deleted, only deactivated. */
export const ExamEntity = defineEntity({
  name: 'Exam',
  tableName: 'exam',
  properties: {
    id: p.integer().primary(),
    courseId: p.string().length(255),
    contentId: p.string().length(255),
    externalId: p.string().length(255).nullable(),
    examName: p.text(),
    timeLimitMins: p.integer(),
    dueDate: p.datetime(3).nullable(),
    isProctored: p.boolean().default(false),
    isPracticeExam: p.boolean().default(false),
    isActive: p.boolean().default(false),
    hideAfterDue: p.boolean().default(false),
    backend: p.string().length(255).nullable(),
    createdAt: p.datetime(3),
    modifiedAt: p.datetime(3),
  },
  uniques: [{ properties: ['courseId', 'contentId'] }],
  indexes: [
    { properties: ['courseId', 'isActive', 'isPracticeExam', 'isProctored', 'createdAt'] },
    { properties: ['externalId'] },
    { properties: ['contentId'] },
  ],
})
