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
  provider = await definition.create({
    ...CONTEXT,
    options: {
      base_url: listening.url, client_id: 'id', client_secret: 'secret', oauth_uri: '', default_rules: null, token_expiration_time: 60, instructions: null, accept_video_link: false, paths: {},
    },
  })
})
after(() => listening.close())

test('an attempt that is registered, started and submitted is known to the vendor by the id the core keeps', async () => {
  const answer = await provider.registerAttempt(EXAM, ATTEMPT, CALL)
  assert.ok('externalId' in answer && answer.externalId)
  const ids = { examExternalId: EXAM.externalId, attemptExternalId: answer.externalId }
  await provider.startAttempt?.(ids, CALL)
  assert.equal(vendor.sessions.get(answer.externalId)?.status, 'started')
  await provider.stopAttempt?.(ids, CALL)
  assert.equal(vendor.sessions.get(answer.externalId)?.status, 'submitted')
})

test('a registration that is repeated after a lost answer gives the same id', async () => {
  assert.deepEqual(await provider.registerAttempt(EXAM, ATTEMPT, CALL), await provider.registerAttempt(EXAM, ATTEMPT, CALL))
})

test('an attempt that is gone already counts as removed', async () => {
  assert.equal(await provider.removeAttempt?.({ examExternalId: EXAM.externalId, attemptExternalId: 'unknown' }, CALL), true)
})

test('a learner reads the steps in his own language', async () => {
  const details = await provider.getAttempt?.(attemptFacts('unknown'), { ...CALL, language: 'es-419' })
  assert.match(details?.instructions?.[0] ?? '', /^Abra/)
})
