import { EXCHANGES, type ExchangeName } from '../../browser/messages.ts'
import { openLoadedBench } from '../bench/bench.ts'
import { defineGroup, NotApplicable, problem, type Check, type Problem, type Verdict } from '../check.ts'
import type { VendorStub } from '../define-conformance.ts'
import type { Target } from '../target/target.ts'
import { openWorkerPage, type WorkerPage } from '../worker/worker-page.ts'
import type { Exchange } from '../worker/page-script.ts'

/** Null: the provider has no worker. */
type Subject = {
  page: WorkerPage
  target: Target
  /** What was answered well when it was asked in full: nothing is blamed twice. */
  sound: Set<ExchangeName>
} | null

/** What the page allows the script; the script's answer may need a little longer to arrive. */
const TIMEOUT_MS = 1_500
const LIMIT_MS = TIMEOUT_MS + 2_500
/** For more answers than one. */
const AFTER_MS = 150
const FIELDS = { timeout: TIMEOUT_MS, attemptExternalId: 'attempt-1' }
const NAMES: readonly ExchangeName[] = ['start', 'ping', 'end']

export default defineGroup<Subject>({
  id: 'worker',
  title: 'the script in the learner\'s browser',
  about: 'Bundles the worker as the host does, serves it, and lets a page in a real Chromium load it as the exam page does (a blob with importScripts). Calls to other sites are caught and answered by the `application` of the conformance file, or refused.',
  async open (target) {
    const bench = await openLoadedBench(target)
    await bench.close()
    const { worker } = bench.provider
    if (worker === null) return { subject: null }
    const page = await openWorkerPage(target, worker)
    return { subject: { page, target, sound: new Set() }, close: () => page.close() }
  },
  checks: [
    ...NAMES.map(name => ({
      id: `answers-${name}`,
      title: `${EXCHANGES[name].question} is answered in time, with ${EXCHANGES[name].success} or ${EXCHANGES[name].failure}`,
      run: subject => withPage(subject, async ({ page, target, sound }) => {
        const problems = await ask(page, name, FIELDS, applicationOf(target))
        if (problems.length === 0) sound.add(name)
        return problems
      }),
    }) satisfies Check<Subject>),
    {
      id: 'succeeds',
      title: 'where the vendor\'s application runs, all three succeed',
      run: subject => withPage(subject, async ({ page, target }) => {
        const application = applicationOf(target)
        if (application === null && (target.worker.origins ?? []).length > 0) return new NotApplicable('the conformance file gives no `worker.application`')
        const problems: Problem[] = []
        for (const name of NAMES) problems.push(...await expectSuccess(page, name, application))
        return problems
      }),
    },
    {
      id: 'application-absent',
      title: 'where the vendor\'s application does not run, the page is told in time',
      run: subject => withPage(subject, async ({ page, target, sound }) => {
        if ((target.worker.origins ?? []).length === 0) return new NotApplicable('the script talks to nobody')
        const problems: Problem[] = []
        for (const name of sound) problems.push(...await ask(page, name, FIELDS, null))
        return problems
      }),
    },
    {
      id: 'bare-messages',
      title: 'messages without timeout and attemptExternalId are answered too',
      run: subject => withPage(subject, async ({ page, target, sound }) => {
        const problems: Problem[] = []
        for (const name of sound) problems.push(...await ask(page, name, {}, applicationOf(target)))
        return problems
      }),
    },
    {
      id: 'declared-origins',
      title: 'the script calls the declared origins only',
      run: subject => withPage(subject, async ({ page, target }) => {
        page.takeCalls()
        for (const name of NAMES) await exchange(page, name, FIELDS, applicationOf(target))
        const declared = target.worker.origins ?? []
        const strangers = [...new Set(page.takeCalls().map(url => new URL(url).origin))].filter(origin => !declared.includes(origin))
        return strangers.map(origin => problem(`calls to ${declared.join(', ') || 'nobody'}`, `calls to ${origin}`, 'Name it under `worker.origins` in the conformance file, so that operators know whom learners\' browsers talk to, or leave it out.'))
      }),
    },
    {
      id: 'globals',
      title: 'the script leaves no names of its own in the global scope',
      run: subject => withPage(subject, async ({ page }) => (await page.globals()).filter(name => name !== 'invigilWorkerOptions')
        .map(name => problem('no new globals', `"self.${name}"`, 'Keep it in the module: assign to self only what the worker protocol asks for.'))),
    },
  ],
})

const withPage = (subject: Subject, look: (subject: NonNullable<Subject>) => Promise<Verdict>): Verdict | Promise<Verdict> =>
  subject === null ? new NotApplicable('the provider has no worker') : look(subject)

const applicationOf = ({ worker }: Target): VendorStub | null => worker.application?.() ?? null

function exchange (page: WorkerPage, name: ExchangeName, fields: Record<string, unknown>, application: VendorStub | null): Promise<Exchange> {
  page.setApplication(application)
  return page.exchange({ name, fields, limitMs: LIMIT_MS, afterMs: AFTER_MS })
}

async function ask (page: WorkerPage, name: ExchangeName, fields: Record<string, unknown>, application: VendorStub | null): Promise<Problem[]> {
  const { answers, error } = await exchange(page, name, fields, application)
  const { question, success, failure } = EXCHANGES[name]
  const expected = `one answer to ${question}: ${success} or ${failure}`
  if (error !== null) return [problem(expected, `an error of the script: ${error}`, 'Catch it, and reject with the reason; use handlerWrapper from "invigil/worker".')]
  if (answers.length === 0) return [problem(expected, `none within ${LIMIT_MS} ms`, `Settle the promise of the handler, at the latest when \`timeout\` is over (${TIMEOUT_MS} ms here).`)]
  if (answers.length > 1) return [problem(expected, answers.join(', '), 'Answer once: the page is gone after the first.')]
  return answers[0] === success || answers[0] === failure ? [] : [problem(expected, `"${answers[0]}"`, 'Answer with the types of the worker protocol; handlerWrapper does.')]
}

async function expectSuccess (page: WorkerPage, name: ExchangeName, application: VendorStub | null): Promise<Problem[]> {
  const { answers, reason } = await exchange(page, name, FIELDS, application)
  const { success, failure, question } = EXCHANGES[name]
  // no answer at all is the affair of the checks above
  return answers[0] === failure ? [problem(`${success} to ${question}`, `${failure} (${reason ?? 'without a reason'})`, 'Let `worker.application` answer as the application does when all is well, or mend the script.')] : []
}
