import { ONBOARDING_REFUSALS, VENDOR_REVIEW_STATUSES, type VendorReviewStatus } from '../../provider/contract.ts'
import { attemptFacts } from '../bench/facts.ts'
import { FAULTS, type Fault } from '../bench/faults.ts'
import { openLoadedBench } from '../bench/bench.ts'
import { defineGroup, NotApplicable, type Check, type Verdict } from '../check.ts'
import { openHouse, type House } from '../house/house.ts'
import { beginJourney, describe, expect, WentWrong, type AttemptState, type Journey } from '../house/journey.ts'
import type { Answer } from '../house/people.ts'
import type { Target } from '../target/target.ts'

interface Subject {
  readonly target: Target
  readonly databaseUrl: string
  /** The service at work; after a failure the next check gets a new one. */
  house: House | null
}
type StateCheck = Check<Subject>

const NO_IDS = new NotApplicable('the provider gives attempts no id by which its vendor could call back')
const NO_REVIEWS = new NotApplicable('the provider takes no reviews')

/** What a verdict may make of an attempt, by the provider's passing statuses and the host's settings. */
const AFTER: Readonly<Record<VendorReviewStatus, readonly string[]>> = {
  passed: ['verified'],
  violation: ['verified', 'second_review_required', 'rejected'],
  suspicious: ['second_review_required', 'rejected', 'verified'],
  not_reviewed: ['error', 'verified'],
}

export default defineGroup<Subject>({
  id: 'states',
  title: 'whole exams, in the real service',
  about: 'Builds the whole service on a real PostgreSQL with this provider, and goes through exams as learners, staff and the vendor do, each in a course of its own. Time is moved on until all effects are delivered.',
  async open (target) {
    const bench = await openLoadedBench(target)
    await bench.close()
    const database = await target.databases.open()
    const subject: Subject = { target, databaseUrl: database.url, house: null }
    return { subject, close: async () => { await subject.house?.close(); await database.close() } }
  },
  checks: [
    journey('saved', 'an exam is saved and changed', async ({ saveExam, settle }) => {
      await saveExam()
      await settle()
      await saveExam({ exam_name: 'Final exam, second edition', time_limit_mins: 120 })
      await settle()
    }),
    journey('created', 'a learner enters the exam and sees how to set up', async journey => {
      const { status } = await enter(journey)
      expect(['created', 'ready_to_start'].includes(status), 'the attempt to be created, or ready to start', status, 'registerAttempt decides it: { externalId } or { onboarding }.')
      await journey.look()
    }),
    journey('callback-id', 'the vendor\'s id of an attempt can stand in the address of a callback', async journey => {
      const { externalId } = await enter(journey)
      if (externalId === null) return NO_IDS
      expect(/^[A-Za-z0-9_-]{1,255}$/.test(externalId), 'letters, digits, "-" and "_"', JSON.stringify(externalId), 'Answer such an id from registerAttempt; ready and reviewed are posted to .../attempt/<id>/...')
    }),
    journey('ready', 'the vendor reports ready, twice', async journey => {
      const attempt = await enter(journey)
      if (attempt.externalId === null) return NO_IDS
      for (const turn of ['once', 'twice']) {
        accepted(await journey.ready(attempt), `"ready" to be taken ${turn}`)
        const { status } = await journey.read(attempt)
        expect(status === 'ready_to_start', `the attempt to be ready to start when "ready" came ${turn}`, status, 'registerAttempt must answer the id under which the vendor reports.')
      }
      await journey.look()
    }),
    journey('taken', 'the exam is started and submitted, and the vendor hears of both in order', async journey => {
      const attempt = await take(journey)
      expect((await journey.read(attempt)).status === 'submitted', 'the attempt to be submitted', (await journey.read(attempt)).status, 'Nothing a provider does may change that.')
      await journey.look()
      expectOrder(journey.house)
    }),
    ...VENDOR_REVIEW_STATUSES.map(verdict => journey(`reviewed-${verdict.replace('_', '-')}`, `the verdict "${verdict}" gives the attempt its status`, async (journey, target) => {
      const attempt = await take(journey)
      return withReviews(journey, attempt, async () => {
        accepted(await journey.review(attempt, reviewOf(target, verdict, attempt)), `the review "${verdict}" to be taken`)
        const { status } = await journey.read(attempt)
        expect(AFTER[verdict].includes(status), `one of ${AFTER[verdict].join(', ')}`, status, 'normaliseReview must answer the verdict the vendor gave; see passingStatuses for what passes.')
        await journey.look()
        await journey.settle()
      })
    })),
    journey('error', 'the attempt breaks off, and the vendor hears of it', async journey => {
      const attempt = await start(journey)
      const { status } = await journey.act(attempt, 'error')
      expect(status === 'error', 'the attempt to be in error', status, 'Nothing a provider does may change that.')
      await journey.look()
      await journey.settle()
    }),
    journey('removed', 'staff remove the attempt, and the learner enters anew', async journey => {
      const attempt = await take(journey)
      await journey.remove(attempt)
      await journey.settle()
      const next = await enter(journey)
      expect(next.externalId === null || next.externalId !== attempt.externalId, 'a new id for the new attempt', `again ${next.externalId}`, 'Register each attempt anew; its attemptCode is the key.')
    }),
    journey('practice', 'a practice exam is taken twice', async journey => {
      const first = await journey.act(await start(journey), 'error')
      const second = await journey.act(first, 'reset_attempt')
      expect(second.id !== first.id, 'a second attempt', 'the first one', 'Nothing a provider does may change that.')
      expect(second.externalId === null || second.externalId !== first.externalId, 'a new id for the second attempt', `again ${second.externalId}`, 'Register each attempt anew; its attemptCode is the key.')
      await journey.settle()
    }, { is_practice_exam: true, exam_name: 'Practice' }),
    journey('resumed', 'an attempt that broke off is resumed', async journey => {
      const broken = await journey.act(await start(journey), 'error')
      await journey.resume(broken)
      await journey.look()
      const resumed = await enter(journey)
      expect(resumed.id !== broken.id, 'a new attempt', 'the broken one', 'Nothing a provider does may change that.')
      await journey.act(await journey.act(resumed, 'start'), 'submit')
      await journey.settle()
    }),
    journey('review-early', 'a review that comes before the submission does no harm', async (journey, target) => {
      const attempt = await start(journey)
      return withReviews(journey, attempt, async () => {
        tolerated(await journey.review(attempt, reviewOf(target, 'passed', attempt)), 'an early review')
        await journey.read(attempt)
        await journey.look()
        await journey.settle()
      })
    }),
    journey('review-twice', 'a review that comes twice counts once', async (journey, target) => {
      const attempt = await take(journey)
      return withReviews(journey, attempt, async () => {
        for (const turn of ['once', 'twice']) accepted(await journey.review(attempt, reviewOf(target, 'passed', attempt)), `a review to be taken ${turn}`)
        const { status } = await journey.read(attempt)
        expect(status === 'verified', 'the attempt to be verified', status, 'normaliseReview must answer the same for the same body.')
      })
    }),
    journey('ready-late', '"ready" after the end changes nothing', async journey => {
      const attempt = await take(journey)
      if (attempt.externalId === null) return NO_IDS
      accepted(await journey.ready(attempt), 'a late "ready" to be taken')
      const { status } = await journey.read(attempt)
      expect(status === 'submitted', 'the attempt to stay submitted', status, 'Nothing a provider does may change that.')
    }),
    journey('review-after-removal', 'a review of a removed attempt does no harm', async (journey, target) => {
      const attempt = await take(journey)
      return withReviews(journey, attempt, async () => {
        await journey.remove(attempt)
        tolerated(await journey.review(attempt, reviewOf(target, 'suspicious', attempt)), 'a review of a removed attempt')
        await journey.settle()
      })
    }),
    journey('vendor-down', 'a vendor that is down keeps nobody from starting and handing in, and hears of it later, in order', async journey => {
      const attempt = await enter(journey)
      await journey.settle()
      journey.house.line.disturb(faultNamed('503'))
      const submitted = await journey.act(await journey.act(attempt, 'start'), 'submit')
      expect(submitted.status === 'submitted', 'the attempt to be submitted', submitted.status, 'Nothing a provider does may change that.')
      await journey.house.app.effects.drain()
      journey.house.line.disturb(null)
      await journey.settle()
      expectOrder(journey.house)
    }),
    journey('refused', 'a learner the vendor refuses is told so, and nothing is left behind', async journey => {
      await journey.saveExam()
      await journey.settle()
      const answer = await enterUnder(journey, faultNamed('403'))
      if (answer === null) return new NotApplicable('registerAttempt calls nobody')
      expect(answer.status >= 400 && answer.status < 500, 'a 4xx for the learner', describe(answer), 'Throw refuse(403, reason) from registerAttempt; see faults.403.')
      await journey.enter()
    }),
    journey('registration-failed', 'while the vendor is down nobody is registered, and nothing is left behind', async journey => {
      await journey.saveExam()
      await journey.settle()
      const answer = await enterUnder(journey, faultNamed('503'))
      if (answer === null) return new NotApplicable('registerAttempt calls nobody')
      expect(answer.status >= 500, 'a 5xx for the learner', describe(answer), 'Throw from registerAttempt; see faults.503.')
      await journey.enter()
    }),
    ...ONBOARDING_REFUSALS.map(word => journey(word.replace('_', '-'), `a learner whose onboarding is missing is led there ("${word}")`, journey => checkOnboarding(journey, word))),
    journey('retired', 'a learner is retired', async journey => {
      const attempt = await take(journey)
      const answer = await journey.retire()
      expect(answer.status === 200, 'retirement to succeed', describe(answer), 'retireUser answers true when done or when there is nobody, null when the vendor keeps nothing; it throws when it could not ask.')
      await journey.read(attempt)
    }),
  ],
})

type Way = (journey: Journey, target: Target) => Promise<NotApplicable | void>

/** A check that goes one way through an exam in a house of its own. */
function journey (id: string, title: string, way: Way, fields: Record<string, unknown> = {}): StateCheck {
  return { id, title, run: subject => travel(subject, id, fields, way) }
}

async function travel (subject: Subject, id: string, fields: Record<string, unknown>, way: Way): Promise<Verdict> {
  const house = subject.house ??= await openHouse(subject.target, subject.databaseUrl)
  house.forget()
  try {
    return await way(beginJourney(house, id, fields), subject.target)
  } catch (error) {
    subject.house = null
    await house.close()
    if (error instanceof WentWrong) return error.problem
    throw error
  }
}

async function enter (journey: Journey): Promise<AttemptState> {
  await journey.saveExam()
  await journey.settle()
  return journey.enter()
}

const start = async (journey: Journey): Promise<AttemptState> => journey.act(await enter(journey), 'start')

async function take (journey: Journey): Promise<AttemptState> {
  const submitted = await journey.act(await start(journey), 'submit')
  await journey.settle()
  return submitted
}

async function withReviews (journey: Journey, { externalId }: AttemptState, work: () => Promise<void>): Promise<NotApplicable | void> {
  if (externalId === null) return NO_IDS
  if (!journey.house.app.providers.require(null).has('normaliseReview')) return NO_REVIEWS
  return work()
}

const reviewOf = ({ review }: Target, verdict: VendorReviewStatus, { externalId, status }: AttemptState) => review(verdict, attemptFacts({ externalId, status }))

const accepted = (answer: Answer, what: string) => expect(answer.status === 200, what, describe(answer), 'The callback reached the service; see methods.normaliseReview for what the provider made of it.')
const tolerated = (answer: Answer, what: string) => expect(answer.status < 500, `${what} to be taken or refused`, describe(answer), 'Refuse with refuse(4xx, reason); anything else is an error of the service to the vendor.')

function faultNamed (id: string): Fault {
  const fault = FAULTS.find(row => row.id === id)
  if (!fault) throw new Error(`there is no fault "${id}"`)
  return fault
}

/** What the vendor was told at last: each step once done, the start before the end. */
function expectOrder ({ told, app }: House): void {
  const provider = app.providers.require(null)
  if (!provider.has('startAttempt') || !provider.has('stopAttempt')) return
  const done = told.filter(({ outcome }) => outcome === 'done').map(({ method }) => method)
  const [started, stopped] = [done.indexOf('startAttempt'), done.indexOf('stopAttempt')]
  expect(started >= 0 && stopped > started, 'startAttempt and then stopAttempt to be done', done.join(', ') || 'neither', 'Throw when the vendor could not be told; the host repeats the calls in order.')
}

/** Null when the vendor is not asked at all. */
async function enterUnder (journey: Journey, fault: Fault): Promise<Answer | null> {
  journey.house.line.disturb(fault)
  const answer = await journey.tryEnter()
  const wasMet = journey.house.line.met > 0
  journey.house.line.disturb(null)
  return wasMet ? answer : null
}

/** By the words of the REST conventions; a vendor with others answers them in its own stub, and is not looked at here. */
async function checkOnboarding (journey: Journey, word: string): Promise<NotApplicable | void> {
  if (!journey.house.app.providers.require(null).attributes.supportsOnboarding) return new NotApplicable('the provider does not support onboarding')
  await journey.saveExam()
  await journey.settle()
  const answer = await enterUnder(journey, {
    id: word, does: `asks for onboarding (${word})`, answer: async () => Response.json({ status: word }), registration: 'any', effects: 'any',
  })
  if (answer === null) return new NotApplicable('registerAttempt calls nobody')
  if (answer.status !== 200) return new NotApplicable('the vendor says it in other words than the REST conventions')
  expect((await journey.look()) === 'proctored_exam/onboarding_error', 'the page that leads to onboarding', String(await journey.look()), `Answer { onboarding: '${word}' } from registerAttempt.`)
}
