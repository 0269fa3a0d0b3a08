import t from 'tap'
import { ATTEMPT_STATUSES, isAttemptStatus } from '../../core/domain/attempt/status.ts'
import { examFamily, selectView, VIEW_NAMES } from '../../core/interstitials/select.ts'
import type { ExamFamily, ViewFacts } from '../../core/interstitials/select.ts'

/**
 * The tables of contract 03 §2, written once more by hand, with the fixes of the register (Q46, Q47).
 * `-` is the exam content. A cell applies to every status of its row.
 */
const TABLES: Record<ExamFamily, { columns: Array<Partial<ViewFacts>>, rows: Record<string, string[]> }> = {
  timed: {
    // not due | past due, revealed | past due, hidden | past due, grace period
    columns: [{}, { pastDue: true }, { pastDue: true, hideAfterDue: true }, { pastDue: true, graceActive: true }],
    rows: {
      'none created eligible download_software_clicked ready_to_start': ['timed_exam/entrance', 'timed_exam/expired', 'timed_exam/expired', 'timed_exam/expired'],
      started: ['-', 'timed_exam/expired', 'timed_exam/expired', 'timed_exam/expired'],
      ready_to_submit: ['timed_exam/ready_to_submit', 'timed_exam/expired', 'timed_exam/expired', 'timed_exam/expired'],
      'submitted timed_out': ['timed_exam/submitted', '-', 'timed_exam/submitted', 'timed_exam/submitted'],
      'declined error rejected verified second_review_required expired onboarding_reset onboarding_missing onboarding_pending onboarding_failed onboarding_expired': ['-', '-', '-', '-'],
    },
  },
  proctored: {
    // not due | past due | resumable | resumable and past due
    columns: [{}, { pastDue: true }, { readyToResume: true }, { readyToResume: true, pastDue: true }],
    rows: {
      none: ['proctored_exam/entrance', 'proctored_exam/expired', 'proctored_exam/entrance', 'proctored_exam/expired'],
      declined: ['-', '-', '-', '-'],
      eligible: ['-', 'proctored_exam/expired', 'proctored_exam/ready_to_resume', 'proctored_exam/expired'],
      'created download_software_clicked': ['proctored_exam/instructions', 'proctored_exam/expired', 'proctored_exam/ready_to_resume', 'proctored_exam/expired'],
      ready_to_start: ['proctored_exam/ready_to_start', 'proctored_exam/expired', 'proctored_exam/ready_to_resume', 'proctored_exam/expired'],
      started: ['-', 'proctored_exam/expired', 'proctored_exam/ready_to_resume', 'proctored_exam/expired'],
      ready_to_submit: ['proctored_exam/ready_to_submit', 'proctored_exam/expired', 'proctored_exam/ready_to_resume', 'proctored_exam/expired'],
      error: ['proctored_exam/error', 'proctored_exam/error', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      'submitted second_review_required timed_out': ['proctored_exam/submitted', 'proctored_exam/submitted', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      verified: ['proctored_exam/verified', 'proctored_exam/verified', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      rejected: ['proctored_exam/rejected', 'proctored_exam/rejected', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      'onboarding_missing onboarding_pending onboarding_failed onboarding_expired': ['proctored_exam/onboarding_error', 'proctored_exam/onboarding_error', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      'expired onboarding_reset': ['-', '-', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
    },
  },
  practice: {
    columns: [{}, { pastDue: true }, { readyToResume: true }, { readyToResume: true, pastDue: true }],
    rows: {
      none: Array(4).fill('practice_exam/entrance'),
      eligible: ['practice_exam/entrance', 'practice_exam/entrance', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      'created download_software_clicked': ['proctored_exam/instructions', 'proctored_exam/instructions', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      ready_to_start: ['proctored_exam/ready_to_start', 'proctored_exam/ready_to_start', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      ready_to_submit: ['proctored_exam/ready_to_submit', 'proctored_exam/ready_to_submit', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      'error onboarding_missing onboarding_pending onboarding_failed onboarding_expired': ['practice_exam/error', 'practice_exam/error', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      'submitted second_review_required rejected timed_out': ['practice_exam/submitted', 'practice_exam/submitted', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      'started verified declined expired onboarding_reset': ['-', '-', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
    },
  },
  onboarding: {
    columns: [{}, { pastDue: true }, { readyToResume: true }, { readyToResume: true, pastDue: true }],
    rows: {
      none: ['onboarding_exam/entrance', 'proctored_exam/expired', 'onboarding_exam/entrance', 'proctored_exam/expired'],
      'created download_software_clicked': ['proctored_exam/instructions', 'proctored_exam/instructions', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      ready_to_start: ['proctored_exam/ready_to_start', 'proctored_exam/ready_to_start', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      ready_to_submit: ['onboarding_exam/ready_to_submit', 'onboarding_exam/ready_to_submit', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      error: ['onboarding_exam/error', 'onboarding_exam/error', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      'submitted second_review_required': ['onboarding_exam/submitted', 'onboarding_exam/submitted', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      verified: ['onboarding_exam/verified', 'onboarding_exam/verified', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      rejected: ['onboarding_exam/rejected', 'onboarding_exam/rejected', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
      'started eligible declined timed_out expired onboarding_reset onboarding_missing onboarding_pending onboarding_failed onboarding_expired': ['-', '-', 'proctored_exam/ready_to_resume', 'proctored_exam/ready_to_resume'],
    },
  },
}

const FACTS: ViewFacts = {
  role: 'student',
  family: 'timed',
  examActive: true,
  courseEnded: false,
  mayTakeProctored: true,
  accountActive: true,
  status: null,
  readyToResume: false,
  acknowledged: false,
  pastDue: false,
  pastDueForAll: false,
  viewablePastDue: false,
  hideAfterDue: false,
  graceActive: false,
  prerequisites: 'satisfied',
  blockedByProvider: false,
}
const FAMILIES = ['timed', 'proctored', 'practice', 'onboarding'] as const
const STATUSES = [null, ...ATTEMPT_STATUSES]
const viewOf = (facts: Partial<ViewFacts>) => selectView({ ...FACTS, ...facts }).view ?? '-'
const toStatus = (word: string) => isAttemptStatus(word) ? word : null

/** Every row of a family's table, one status and one column at a time. */
function * cells (family: ExamFamily) {
  const { columns, rows } = TABLES[family]
  for (const [words, views] of Object.entries(rows)) {
    for (const word of words.split(' ')) {
      for (const [index, column] of columns.entries()) yield { word, status: toStatus(word), column, view: views[index] }
    }
  }
}

for (const family of FAMILIES) {
  t.test(`the ${family} table holds for every status`, async t => {
    t.same([...new Set([...cells(family)].map(cell => cell.word))].sort(), ['none', ...ATTEMPT_STATUSES].sort(), 'the table names each status once')
    for (const { word, status, column, view } of cells(family)) {
      t.equal(viewOf({ family, status, ...column }), view, `${word} ${JSON.stringify(column)}`)
    }
  })

  t.test(`what the ${family} family does not look at changes nothing`, async t => {
    const irrelevant: Partial<ViewFacts>[] = {
      timed: [{ accountActive: false }, { mayTakeProctored: false }, { courseEnded: true }, { readyToResume: true }, { blockedByProvider: true }, { acknowledged: true, pastDueForAll: true, viewablePastDue: true }, { prerequisites: 'failed' as const }],
      proctored: [{ hideAfterDue: true }],
      practice: [{ hideAfterDue: true }, { acknowledged: true, pastDueForAll: true, viewablePastDue: true }, { prerequisites: 'declined' as const }, { graceActive: true }],
      onboarding: [{ hideAfterDue: true }, { acknowledged: true, pastDueForAll: true, viewablePastDue: true }, { prerequisites: 'pending' as const }, { graceActive: true }, { blockedByProvider: true }],
    }[family]
    for (const { word, status, column, view } of cells(family)) {
      for (const extra of irrelevant) t.equal(viewOf({ family, status, ...extra, ...column }), view, `${word} ${JSON.stringify({ ...extra, ...column })}`)
    }
  })
}

t.test('nobody but a student sees a page, nor anybody for an inactive exam or one without pages', async t => {
  for (const family of FAMILIES) {
    for (const status of STATUSES) {
      for (const facts of [{ role: 'staff' }, { role: 'instructor' }, { role: '' }, { examActive: false }, { family: null }]) {
        t.equal(viewOf({ family, status, ...facts }), '-', `${family} ${status} ${JSON.stringify(facts)}`)
      }
    }
  }
})

t.test('after the course end and without permission only timed exams have pages', async t => {
  for (const family of ['proctored', 'practice', 'onboarding'] as const) {
    for (const status of STATUSES) {
      t.equal(viewOf({ family, status, courseEnded: true }), '-', `${family} ${status}, course ended`)
      t.equal(viewOf({ family, status, mayTakeProctored: false }), '-', `${family} ${status}, no permission`)
    }
  }
})

t.test('an inactive account is told so before anything else, unless the exam was declined', async t => {
  for (const family of ['proctored', 'practice', 'onboarding'] as const) {
    for (const status of STATUSES) {
      for (const column of [{}, { pastDue: true }, { readyToResume: true }, { prerequisites: 'declined' as const }]) {
        const wanted = family === 'proctored' && status === 'declined' ? '-' : 'proctored_exam/inactive_account'
        t.equal(viewOf({ family, status, accountActive: false, ...column }), wanted, `${family} ${status} ${JSON.stringify(column)}`)
      }
    }
  }
})

t.test('prerequisites matter for a proctored exam without attempt, and only before the due date', async t => {
  const none = { family: 'proctored', status: null } as const
  t.same(selectView({ ...FACTS, ...none, prerequisites: 'declined' }), { view: null, effects: ['decline-attempt'] })
  t.same(selectView({ ...FACTS, ...none, prerequisites: 'failed' }), { view: 'proctored_exam/failed-prerequisites', effects: [] })
  t.same(selectView({ ...FACTS, ...none, prerequisites: 'pending' }), { view: 'proctored_exam/pending-prerequisites', effects: [] })
  t.same(selectView({ ...FACTS, ...none }), { view: 'proctored_exam/entrance', effects: ['option-presented'] })
  for (const prerequisites of ['declined', 'failed', 'pending', 'satisfied'] as const) {
    t.same(selectView({ ...FACTS, ...none, prerequisites, pastDue: true }), { view: 'proctored_exam/expired', effects: [] })
    for (const status of ATTEMPT_STATUSES) {
      t.equal(viewOf({ family: 'proctored', status, prerequisites }), viewOf({ family: 'proctored', status }), `${status} ${prerequisites}`)
    }
  }
})

t.test('effects come with the entrance and the decline only', async t => {
  for (const family of FAMILIES) {
    for (const status of STATUSES) {
      const { view, effects } = selectView({ ...FACTS, family, status })
      t.same(effects, view === 'proctored_exam/entrance' ? ['option-presented'] : [], `${family} ${status}`)
    }
  }
})

t.test('a finished proctored exam opens again when acknowledged, past due for all, and viewable', async t => {
  const opens = new Set(['submitted', 'second_review_required', 'timed_out', 'verified', 'rejected'])
  for (const status of ATTEMPT_STATUSES) {
    for (const acknowledged of [true, false]) {
      for (const pastDueForAll of [true, false]) {
        for (const viewablePastDue of [true, false]) {
          const facts = { family: 'proctored', status, acknowledged, pastDueForAll, viewablePastDue } as const
          const viewed = opens.has(status) && acknowledged && pastDueForAll && viewablePastDue
          t.equal(viewOf(facts), viewed ? '-' : viewOf({ family: 'proctored', status }), JSON.stringify(facts))
        }
      }
    }
  }
})

t.test('while the grace period runs, verified keeps its banner although it was acknowledged; the others open', async t => {
  const viewed = { family: 'proctored', acknowledged: true, pastDueForAll: true, viewablePastDue: true, graceActive: true } as const
  t.equal(viewOf({ ...viewed, status: 'verified' }), 'proctored_exam/verified')
  t.equal(viewOf({ ...viewed, status: 'rejected' }), '-')
  t.equal(viewOf({ ...viewed, status: 'submitted' }), '-')
})

t.test('a provider that blocks content shows its page in a running proctored or practice exam, never in onboarding', async t => {
  for (const family of FAMILIES) {
    for (const status of STATUSES) {
      const blocks = status === 'started' && (family === 'proctored' || family === 'practice')
      t.equal(viewOf({ family, status, blockedByProvider: true }), blocks ? 'proctored_exam/error_wrong_browser' : viewOf({ family, status }), `${family} ${status}`)
    }
  }
})

t.test('every page can be chosen', async t => {
  const chosen = new Set<string>()
  for (const family of FAMILIES) for (const { status, column } of cells(family)) chosen.add(viewOf({ family, status, ...column }))
  chosen.add(viewOf({ family: 'proctored', accountActive: false }))
  chosen.add(viewOf({ family: 'proctored', prerequisites: 'failed' }))
  chosen.add(viewOf({ family: 'proctored', prerequisites: 'pending' }))
  chosen.add(viewOf({ family: 'proctored', status: 'started', blockedByProvider: true }))
  t.same([...VIEW_NAMES].filter(view => !chosen.has(view)), [])
})

t.test('the family follows from the flags and from what the provider supports', async t => {
  t.equal(examFamily({ isProctored: false, isPracticeExam: false }, true), 'timed')
  t.equal(examFamily({ isProctored: true, isPracticeExam: false }, true), 'proctored')
  t.equal(examFamily({ isProctored: true, isPracticeExam: true }, false), 'practice')
  t.equal(examFamily({ isProctored: true, isPracticeExam: true }, true), 'onboarding')
  t.equal(examFamily({ isProctored: false, isPracticeExam: true }, false), null, 'practice without proctoring has no pages')
})
