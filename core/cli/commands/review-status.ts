import { countOrphansAfter, listOrphanIds, markOrphan } from '../../domain/review/orphans.ts'
import { countReviewsAfter, listReviewIds, reapplyReview } from '../../domain/review/reapply.ts'
import { actorFor, AS } from '../actor.ts'
import { BATCH_OPTIONS, runBatches } from '../batches.ts'
import { defineCommand } from '../command.ts'

const fromReview = defineCommand({
  name: 'update_attempt_status_from_review',
  summary: 'Save the reviews of a time range again, so that their attempts get the status that follows',
  description: 'The range is about when a review was last saved; both ends belong to it. What is done leaves the range, so the command can be run again.',
  options: {
    start_date_time: { kind: 'time', value: '"YYYY-MM-DD HH:MM:SS"', required: true, help: 'first instant, UTC' },
    end_date_time: { kind: 'time', value: '"YYYY-MM-DD HH:MM:SS"', required: true, help: 'last instant, UTC' },
    ...BATCH_OPTIONS,
    as: AS,
  },
  async run (context, { start_date_time: start, end_date_time: end, as, ...settings }) {
    if (start > end) context.out.note('--start_date_time is after --end_date_time: no review lies between.')
    const { domain } = await context.house()
    const actor = await actorFor(domain, 'update_attempt_status_from_review', as)
    return runBatches(context, {
      record: 'review',
      count: after => countReviewsAfter(domain.db, { start, end }, after),
      next: (after, limit) => listReviewIds(domain.db, { start, end }, after, limit),
      async work (id) {
        await reapplyReview(domain, id, actor)
        return undefined
      },
    }, settings)
  },
})

const setIsActive = defineCommand({
  name: 'set_is_attempt_active',
  summary: 'Correct reviews that say their attempt is live while it was removed',
  options: BATCH_OPTIONS,
  async run (context, settings) {
    const { domain } = await context.house()
    return runBatches(context, {
      record: 'review',
      count: after => countOrphansAfter(domain.db, after),
      next: (after, limit) => listOrphanIds(domain.db, after, limit),
      work: async id => await markOrphan(domain.db, id) ? undefined : 'it was corrected meanwhile',
    }, settings)
  },
})

export default [fromReview, setIsActive]
