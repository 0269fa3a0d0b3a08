import t from 'tap'
import { formatFailure, formatReport, summarise } from './report.ts'
import type { Outcome } from './run-scenario.ts'

const outcome = (id: string, area: string, verdict: Outcome['verdict'], more: Partial<Outcome> = {}): Outcome =>
  ({ id, area, verdict, ms: 1, unchecked: [], ...more })

const failure = { step: 3, did: 'http', difference: { path: 'body.exam.id', expected: 7, actual: undefined }, came: 'GET /x was answered 200 {}' }
const OUTCOMES = [
  outcome('a', 'exams', 'passed', { unchecked: ['look-up a.b'] }),
  outcome('b', 'exams', 'failed', { failure }),
  outcome('c', 'commands', 'skipped', { reason: 'no CLI yet' }),
]

t.test('outcomes are counted per area', async t => {
  t.strictSame(summarise(OUTCOMES), [
    { area: 'commands', passed: 0, failed: 0, skipped: 1 },
    { area: 'exams', passed: 1, failed: 1, skipped: 0 },
  ])
})

t.test('a failure says the step, the place, what was expected and what came', async t => {
  const text = formatFailure(outcome('b', 'exams', 'failed', { failure }))
  for (const part of [/exams\/b/, /step 3 \(http\)/, /body\.exam\.id/, /expected 7/, /came {5}nothing/, /answered 200/]) t.match(text, part)
})

t.test('what was not played or not compared is named, never counted as passed', async t => {
  const text = formatReport(OUTCOMES)
  t.match(text, /NOT SUPPORTED \(no CLI yet\): 1\n {2}c/)
  t.match(text, /look-up a\.b \(in 1 scenarios\)/)
  t.match(text, /all +1 +1 +1/)
})
