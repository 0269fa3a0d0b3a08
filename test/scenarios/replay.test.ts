import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { isObject } from './json.ts'
import type { Outcome } from './run-scenario.ts'
import { loadScenarios } from './load.ts'
import { runAll } from './pool.ts'
import type { Scenario, StepOf } from './schema.ts'

t.setTimeout(180_000)

const RECORDED = fileURLToPath(new URL('./recorded', import.meta.url))
const BASELINE = readFileSync(`${RECORDED}/baseline.json`, 'utf8')

/** A recorded scenario with vendor calls, service calls, a mail, events and signals. */
const [original] = loadScenarios(RECORDED, { only: 'transition-put-submit-from-started' }).scenarios
if (!original) throw new Error('the scenario these tests are built on is gone')
const names = ['vendor_calls', 'service_calls', 'emails', 'events', 'signals'] as const

type ExpectStep = StepOf<'expect'>
const isFull = (step: Scenario['steps'][number]): step is ExpectStep => step.do === 'expect' && names.every(name => step[name])

/** The same scenario under another id, with one step changed. */
const altered = (id: string, change: (step: ExpectStep) => ExpectStep): Scenario =>
  ({ ...original, id, steps: original.steps.map(step => isFull(step) ? change(step) : step) })

const withoutLast = (name: typeof names[number]) => (step: ExpectStep) => ({ ...step, [name]: step[name]?.slice(0, -1) })

t.test('a recorded scenario holds, and does not when any one channel expects less than happens', async t => {
  const wrong = names.map(name => altered(`without-${name}`, withoutLast(name)))
  const outcomes = await runAll([original, ...wrong], { folder: RECORDED, jobs: 2 })
  t.ok(original.steps.some(isFull), 'the scenario looks at all channels')
  t.match(outcomes[0], { verdict: 'passed' })
  for (const [index, name] of names.entries()) {
    t.match(outcomes[index + 1], { verdict: 'failed', failure: { did: 'expect', difference: { path: name } } }, name)
  }
})

t.test('what is stored is looked at: a row that differs and a row too many are noticed', async t => {
  const [reviewed] = loadScenarios(RECORDED, { only: 'review-onboarding-test-suspicious-single-auto' }).scenarios
  if (!reviewed) throw new Error('the scenario this test is built on is gone')
  const withStored = (id: string, change: (rows: unknown[]) => unknown[]): Scenario => ({
    ...reviewed,
    id,
    steps: reviewed.steps.map(step => step.do !== 'expect' || !step.stored
      ? step
      : { ...step, stored: step.stored.map(question => isObject(question) && Array.isArray(question.rows) ? { ...question, rows: change(question.rows) } : question) }),
  })
  const outcomes = await runAll([
    withStored('as-it-is', rows => rows),
    withStored('other-verdict', rows => rows.map(row => ({ ...Object(row), review_status: 'Clean' }))),
    withStored('one-row-less', rows => rows.slice(1)),
  ], { folder: RECORDED, jobs: 2 })
  t.match(outcomes, [
    { verdict: 'passed' },
    { verdict: 'failed', failure: { difference: { path: 'stored[0].review[0].review_status', expected: 'Clean', actual: 'Suspicious' } } },
    { verdict: 'failed', failure: { difference: { path: 'stored[0].review[0]', reason: /too many/ } } },
  ])
})

t.test('history is looked at: a row that differs and a row too many are noticed', async t => {
  const [reviewed] = loadScenarios(RECORDED, { only: 'review-admin-test-not-reviewed' }).scenarios
  if (!reviewed) throw new Error('the scenario this test is built on is gone')
  const expecting = (id: string, rows: object[]): Scenario => ({
    ...reviewed,
    id,
    steps: reviewed.steps.map(step => step.do !== 'expect' || !step.history
      ? step
      : { ...step, history: [{ entity: 'review', where: { exam_id: '{{exam}}' }, rows }] }),
  })
  const former = { type: '~', review_status: 'Suspicious', reviewed_by: null, is_attempt_active: true, raw_data: { status: 'suspicious', comments: [] }, student: 'ada' }
  const outcomes = await runAll([
    expecting('all-columns', [former]),
    expecting('other-verdict', [{ ...former, review_status: 'Clean' }]),
    expecting('no-row', []),
  ], { folder: RECORDED, jobs: 2 })
  t.match(outcomes, [
    { verdict: 'passed' },
    { verdict: 'failed', failure: { difference: { path: 'history[0].review[0].review_status', expected: 'Clean', actual: 'Suspicious' } } },
    { verdict: 'failed', failure: { difference: { path: 'history[0].review[0]', reason: /too many/ } } },
  ])
})

const base = { title: '', area: 'area', contract: [], settings: {}, actors: { learner: { id: 101, username: 'ada', email: 'ada@example.com' } } }
const PATH = '/api/edx_proctoring/v1/proctored_exam/active_attempt'
const ask = (as: string | null, expect: object) => ({ do: 'http', as, method: 'GET', path: PATH, expect })
const FILES = {
  good: { ...base, id: 'good', steps: [ask('learner', { status: 200, body: {} }), ask(null, { status: 403 })] },
  bad: { ...base, id: 'bad', steps: [ask('learner', { status: 200, body: {} }), ask('learner', { status: 200, body: { id: 7 } })] },
  skipped: { ...base, id: 'skipped', requires: ['telepathy'], steps: [] },
}

const command = (...args: string[]) => new Promise<{ code: unknown, stdout: string, stderr: string }>(resolve => {
  execFile(process.execPath, [fileURLToPath(new URL('./cli.ts', import.meta.url)), ...args], (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }))
})
const folderOf = (t: Pick<typeof import('tap').t, 'testdir'>, ...ids: Array<keyof typeof FILES>) =>
  t.testdir({ 'baseline.json': BASELINE, area: Object.fromEntries(ids.map(id => [`${id}.json`, JSON.stringify(FILES[id])])) })

t.test('the command tells apart what passed, failed and was not played, and ends with 1 on a failure', async t => {
  const { code, stdout } = await command(folderOf(t, 'good', 'bad', 'skipped'), '--json', '--jobs', '1')
  t.equal(code, 1)
  const { summary, outcomes }: { summary: unknown, outcomes: Outcome[] } = JSON.parse(stdout)
  t.strictSame(summary, [{ area: 'area', passed: 1, failed: 1, skipped: 1 }])
  t.match(outcomes.find(({ id }) => id === 'bad'), { failure: { step: 2, did: 'http', difference: { path: 'body.id', expected: 7 } } })
  t.match(outcomes.find(({ id }) => id === 'skipped'), { reason: 'lacks telepathy' })
})

t.test('the command ends with 0 when all holds, and with 2 when it is called wrongly or a file cannot be understood', async t => {
  const good = await command(folderOf(t, 'good', 'bad'), '--only', 'go*')
  t.equal(good.code, 0)
  t.match(good.stdout, /area +1 +0 +0/)
  t.match(await command(), { code: 2, stderr: /npm run scenarios/ })
  t.match(await command(t.testdir({ area: { 'x.json': '{}' } })), { code: 2, stderr: /area\/x\.json/ })
})
