import { defineEntity, p } from '@mikro-orm/core'
import { ExamEntity } from './exam.ts'
import { UserEntity } from './user.ts'

/** The verdict on an attempt, one per attempt code; it outlives the attempt. */
export const ReviewEntity = defineEntity({
  name: 'Review',
  tableName: 'review',
  properties: {
    id: p.integer().primary(),
    attemptCode: p.string().length(255),
    isAttemptActive: p.boolean().default(true),
    reviewStatus: p.string().length(255),
    rawData: p.text(),
    encryptedVideoUrl: p.text().nullable(),
    reviewedBy: () => p.manyToOne(UserEntity).nullable().deleteRule('set null'),
    student: () => p.manyToOne(UserEntity).nullable().deleteRule('cascade'),
    exam: () => p.manyToOne(ExamEntity).nullable().deleteRule('cascade'),
    createdAt: p.datetime(3),
    modifiedAt: p.datetime(3),
  },
  uniques: [{ properties: ['attemptCode'] }],
  indexes: [{ properties: ['exam', 'modifiedAt', 'id'] }, { properties: ['student'] }, { properties: ['modifiedAt'] }],
})

/** A remark of a reviewer with its place in the recording, in seconds. */
export const ReviewCommentEntity = defineEntity({
  name: 'ReviewComment',
  tableName: 'review_comment',
  properties: {
    id: p.integer().primary(),
    review: () => p.manyToOne(ReviewEntity).deleteRule('cascade'),
    startTime: p.integer(),
    stopTime: p.integer(),
    duration: p.integer(),
    comment: p.text(),
    status: p.string().length(255),
    createdAt: p.datetime(3),
  },
  indexes: [{ properties: ['review'] }],
})
