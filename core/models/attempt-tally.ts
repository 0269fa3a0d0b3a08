import { defineEntity, p } from '@mikro-orm/core'

const index = (name: string, on: string) => ({ name, expression: `create index "${name}" on "attempt_tally" ${on}` })

/**
 * How many attempts that count a course has among 2^span consecutive ids, as a sum of lines. Triggers on `attempt` add lines and never change
 * one, so that learners who enter an exam at the same moment do not wait for each other; a sweep sums them up.
 */
export const AttemptTallyEntity = defineEntity({
  name: 'AttemptTally',
  tableName: 'attempt_tally',
  properties: {
    id: p.bigint('number').primary(),
    courseId: p.string().length(255),
    span: p.smallint(),
    /** The attempts' ids shifted right by `span`. */
    place: p.integer(),
    amount: p.integer(),
    /** Not summed up yet. */
    isFresh: p.boolean().default(true),
  },
  indexes: [
    index('attempt_tally_course_index', '("course_id", "span", "place") include ("amount")'),
    index('attempt_tally_fresh_index', '("id") where is_fresh'),
  ],
})
