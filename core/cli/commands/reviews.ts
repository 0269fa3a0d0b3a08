import { findReview, listReviews } from '../../domain/review/list.ts'
import { STORED_REVIEW_STATUSES } from '../../domain/review/review-status.ts'
import { secondReview } from '../../domain/review/second-review.ts'
import { snakeKeys } from '../../snake-case.ts'
import { requireUser } from '../actor.ts'
import { defineCommand } from '../command.ts'
import { CommandFault } from '../faults.ts'
import { noteNextPage, PAGE_OPTIONS } from '../pages.ts'
import { attemptJson, reviewRow } from '../views.ts'

const CODE = { code: { kind: 'text', value: 'CODE', required: true, help: 'the attempt code' } } as const

const list = defineCommand({
  name: 'reviews list',
  summary: 'List reviews, last saved first',
  options: {
    course: { kind: 'text', value: 'COURSE', help: 'of this course' },
    user: { kind: 'text', value: 'USER', help: 'of this learner: user name or e-mail' },
    status: { kind: 'text', value: 'STATUS', choices: STORED_REVIEW_STATUSES, help: 'with this verdict' },
    unreviewed: { kind: 'flag', help: 'only those nobody has looked at; with --status Suspicious those that wait for a person' },
    limit: PAGE_OPTIONS.limit,
    before: { ...PAGE_OPTIONS.before, help: 'only what was saved before this review' },
  },
  async run ({ house, out }, { course, user, status, unreviewed, before, limit }) {
    const { domain } = await house()
    const found = await listReviews(domain.db, { courseId: course, learner: user, reviewStatus: status, unreviewed, before, limit })
    out.table(found.map(reviewRow), found.map(snakeKeys))
    noteNextPage(out, found.map(({ id }) => id), limit)
  },
})

const show = defineCommand({
  name: 'reviews show',
  summary: 'Show a review with its remarks and what the vendor sent',
  positionals: CODE,
  async run ({ house, out }, { code }) {
    const { domain } = await house()
    const review = await findReview(domain.db, code)
    if (!review) throw new CommandFault(`There is no review of attempt "${code}".`)
    out.fields({ ...reviewRow(review), video: review.hasVideo, sent: review.rawData }, { ...snakeKeys(review), comments: review.comments.map(snakeKeys) })
    if (out.isJson || review.comments.length === 0) return
    out.say('')
    out.table(review.comments.map(({ startTime, stopTime, status, comment }) => ({ from: startTime, to: stopTime, status, comment })))
  },
})

const submit = defineCommand({
  name: 'reviews submit',
  summary: 'Decide over a review in a person\'s name: a failing verdict becomes final',
  positionals: CODE,
  options: {
    as: { kind: 'text', value: 'USER', required: true, help: 'the reviewer: user name or e-mail' },
    status: { kind: 'text', value: 'STATUS', choices: STORED_REVIEW_STATUSES, help: 'the verdict; left out, the present one is confirmed' },
    notes: { kind: 'text', value: 'TEXT', help: 'takes the place of what the vendor sent' },
  },
  async run ({ house, out }, { code, as, status, notes }) {
    const { domain } = await house()
    const record = await secondReview(domain, { attemptCode: code, reviewStatus: status, notes, reviewer: await requireUser(domain, as) })
    out.say(`The review is saved; attempt ${record.attempt.id} is ${record.attempt.status}.`, attemptJson(record))
  },
})

export default [list, show, submit]
