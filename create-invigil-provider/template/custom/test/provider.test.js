// @ts-check
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import definition from '../provider.js'
import { listen } from '../vendor/listen.js'
import { createStubVendor } from '../vendor/stub-vendor.js'
import { ATTEMPT, attemptFacts, CALL, CONTEXT, EXAM } from './facts.js'

const vendor = createStubVendor()
/** @type {Awaited<ReturnType<typeof listen>>} */
let listening
/** @type {import('invigil/provider').Provider} */
let provider

before(async () => {
  listening = await listen(vendor)
  provider = await definition.create({ ...CONTEXT, options: { url: listening.url, token: 'token' } })
})
after(() => listening.close())

/** @returns {Promise<string>} */
async function register () {
  const answer = await provider.registerAttempt(EXAM, ATTEMPT, CALL)
  assert.ok('externalId' in answer && answer.externalId)
  return answer.externalId
}

test('an attempt that is registered, started and submitted is known to the vendor by the id the core keeps', async () => {
  const id = await register()
  const ids = { examExternalId: null, attemptExternalId: id }
  await provider.startAttempt?.(ids, CALL)
  assert.equal(vendor.sessions.get(id)?.status, 'started')
  await provider.stopAttempt?.(ids, CALL)
  assert.equal(vendor.sessions.get(id)?.status, 'submitted')
})

test('a registration that is repeated after a lost answer gives the same id', async () => {
  assert.equal(await register(), await register())
})

test('an attempt that is gone already counts as removed', async () => {
  assert.equal(await provider.removeAttempt?.({ examExternalId: null, attemptExternalId: 'unknown' }, CALL), true)
})

test('the learner is led to the session of his own', async () => {
  const id = await register()
  const details = await provider.getAttempt?.(attemptFacts(id), CALL)
  assert.equal(details?.downloadUrl, `${listening.url}/app/${id}`)
})

test('a refusal carries the words of the vendor', async () => {
  const refused = Promise.resolve(provider.startAttempt?.({ examExternalId: null, attemptExternalId: 'unknown' }, CALL))
  await assert.rejects(refused, { status: 404, message: 'there is no such session' })
})

test('a call ends when its deadline does', async () => {
  const call = { ...CALL, signal: AbortSignal.abort(new Error('the deadline is over')) }
  await assert.rejects(provider.registerAttempt(EXAM, ATTEMPT, call), { message: 'the deadline is over' })
})

test('a review is read, and one with an unknown word is refused', async () => {
  const attempt = attemptFacts('session-1')
  const review = await provider.normaliseReview?.({ attempt, body: { verdict: 'doubtful', findings: [{ text: 'Looks away', at_seconds: 10, seconds: 5 }] } }, CALL)
  assert.deepEqual(review, { status: 'suspicious', comments: [{ comment: 'Looks away', status: 'Suspicious', start: 10, stop: 15, duration: 5 }] })
  const refused = Promise.resolve(provider.normaliseReview?.({ attempt, body: { verdict: 'great' } }, CALL))
  await assert.rejects(refused, { status: 400 })
})
