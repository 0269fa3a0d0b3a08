import t from 'tap'
import { act, enter, remove, startWalk } from './walk-helper.ts'

t.setTimeout(240_000)

/** What a learner is answered whose registration meets the fault, and whether the vendor has a session of it all the same. */
const REGISTRATIONS = [
  { outage: 'busy', status: 503, kept: 0 },
  { outage: 'error', status: 500, kept: 0 },
  { outage: 'cut', status: 502, kept: 0 },
  { outage: 'html', status: 502, kept: 0 },
  { outage: 'expired', status: 200, kept: 1 },
  { outage: 'created', status: 200, kept: 1 },
  { outage: 'lost', status: 502, kept: 1 },
  { outage: 'wrong_json', status: 502, kept: 1 },
  { outage: 'no_id', status: 502, kept: 1 },
] as const

t.test('whatever the vendor does, nothing is lost', async t => {
  const walk = await startWalk(t)
  const { examId, set, control, learner, later, statusOf, sessions, heard, staff } = walk
  let person = 1000

  for (const { outage, status, kept } of REGISTRATIONS) {
    await t.test(`a learner whose registration meets "${outage}" is told, and gets in at the next try`, async t => {
      const ask = learner(++person)
      const before = (await sessions()).length
      await set({ outage, only: 'register', times: 1 })
      const first = await enter(ask, examId)
      t.equal(first.status, status, first.text)
      t.equal((await sessions()).length - before, kept)
      if (status === 200) return
      t.match(JSON.parse(first.text).detail, /\S/, 'in words')
      t.notMatch(first.text, /<html|node_modules/, 'and no page or stack is passed on')
      const again = await enter(ask, examId)
      t.equal(again.status, 200, again.text)
      t.equal((await statusOf(again.id))?.status, 'created')
    })
  }

  for (const outage of REGISTRATIONS.map(({ outage }) => outage)) {
    await t.test(`start, end and removal arrive, in order, although the vendor answers "${outage}"`, async t => {
      const ask = learner(++person)
      const { id } = await enter(ask, examId)
      const { external = '' } = await statusOf(id) ?? {}
      await control('POST', `/sessions/${external}/ready`)
      await set({ outage, only: 'report', times: 1 })
      t.same([await act(ask, id, 'start'), await act(ask, id, 'stop'), await act(ask, id, 'submit')], [200, 200, 200], 'the learner notices nothing')
      t.same(await later(), [])
      const reports = (await heard(external)).filter(({ method }) => method === 'PATCH')
      // a call that was turned away at the door was not read
      const words = reports.map(({ status }) => status).filter(word => word !== null)
      t.same(words.filter((word, index) => word !== words[index - 1]), ['started', 'submitted'], 'in this order, however often')
      t.equal((await sessions()).find(session => session.id === external)?.status, 'submitted')

      await set({ outage, only: 'remove', times: 1 })
      t.equal(await remove(staff, id), 200)
      t.same(await later(), [])
      t.notOk((await sessions()).some(session => session.id === external), 'the vendor no longer has it')
    })
  }
})

t.test('refusals and slowness', async t => {
  const { examId, set, control, learner, statusOf, later } = await startWalk(t)

  await t.test('a refusal is passed on with the vendor\'s status and words', async t => {
    await set({ registration: 'refuse' })
    t.match(await enter(learner(2000), examId), { status: 403, text: /refuses registrations at present/ })
    await control('POST', '/normal')
    t.equal((await enter(learner(2000), examId)).status, 200)
  })

  await t.test('the four onboarding refusals make an attempt that says what is missing', async t => {
    for (const [index, word] of ['onboarding_missing', 'onboarding_pending', 'onboarding_failed', 'onboarding_expired'].entries()) {
      await set({ registration: word })
      const { status, id } = await enter(learner(2010 + index), examId)
      t.equal(status, 200)
      t.equal((await statusOf(id))?.status, word)
    }
    await control('POST', '/normal')
  })

  await t.test('a slow vendor delays the registration, and nobody who starts', async t => {
    const ask = learner(2020)
    const { id } = await enter(ask, examId)
    await control('POST', `/sessions/${(await statusOf(id))?.external}/ready`)
    await set({ delay_ms: 3000 })
    const started = Date.now()
    t.equal(await act(ask, id, 'start'), 200)
    t.ok(Date.now() - started < 2500, 'the start waits for nobody')
    await set({ delay_ms: 11_000, only: 'register', times: 1 })
    t.match(await enter(learner(2021), examId), { status: 504 }, 'a registration has ten seconds')
    t.equal((await enter(learner(2021), examId)).status, 200)
    t.same(await later(), [])
  })

  await t.test('tokens that end all at once are renewed without anybody noticing', async t => {
    await control('POST', '/expire')
    t.equal((await enter(learner(2030), examId)).status, 200)
  })

  await t.test('a vendor that gives no token is told of in words, without the secret, and asked again', async t => {
    for (const outage of ['busy', 'cut', 'html', 'wrong_json']) {
      await control('POST', '/expire')
      await set({ outage, only: 'token', times: 1 })
      const { status, text } = await enter(learner(2031), examId)
      t.equal(status, 502, `${outage}: ${text}`)
      t.match(text, /token endpoint/)
      t.notMatch(text, /demo-only-vendor-secret/)
    }
    t.equal((await enter(learner(2031), examId)).status, 200)
  })
})
