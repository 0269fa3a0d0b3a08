import t from 'tap'
import { act, enter, startWalk } from './walk-helper.ts'

t.setTimeout(120_000)

t.test('callbacks come twice, too early and too late', async t => {
  const { examId, set, control, learner, statusOf, told, later } = await startWalk(t)
  const begin = async (person: number) => {
    const ask = learner(person)
    const { id } = await enter(ask, examId)
    const { external = '' } = await statusOf(id) ?? {}
    return { ask, id, external, status: async () => (await statusOf(id))?.status }
  }

  await t.test('twice is as good as once', async t => {
    const { ask, id, external, status } = await begin(3000)
    await set({ callbacks: 'twice' })
    await control('POST', `/sessions/${external}/ready`)
    t.same(await told(external, 2), ['ready 200', 'ready 200'])
    t.equal(await status(), 'ready_to_start')
    for (const action of ['start', 'stop', 'submit']) await act(ask, id, action)
    await control('POST', `/sessions/${external}/passed`)
    t.same((await told(external, 4)).slice(2), ['reviewed 200', 'reviewed 200'])
    t.equal(await status(), 'verified')
  })

  await t.test('"ready" after the end changes nothing', async t => {
    const { ask, id, external, status } = await begin(3001)
    await set({ callbacks: 'once' })
    await control('POST', `/sessions/${external}/ready`)
    await set({ callbacks: 'late_ready' })
    for (const action of ['start', 'stop', 'submit']) await act(ask, id, action)
    t.same(await later(), [])
    t.same(await told(external, 2), ['ready 200', 'ready 200'])
    t.equal(await status(), 'submitted')
  })

  await t.test('a review before the end decides at once, and ends the attempt', async t => {
    const { ask, id, external, status } = await begin(3002)
    await set({ callbacks: 'once' })
    await control('POST', `/sessions/${external}/ready`)
    await set({ callbacks: 'early_review' })
    t.equal(await act(ask, id, 'start'), 200)
    t.same(await told(external, 2), ['ready 200', 'reviewed 200'])
    t.equal(await status(), 'verified')
    t.equal(await act(ask, id, 'submit'), 400, 'there is nothing left to submit')
    t.equal(await status(), 'verified')
    t.same(await later(), [])
  })
})
