import t from 'tap'
import { addExam, ADA, asPerson, BOB, buildTestApp, COURSE } from '../../helper/app.ts'
import { takeExam } from '../../helper/attempts.ts'

const URL = `/api/invigil/v1/courses/${COURSE}/last_completion`
interface Completion { username: string, last_completed_at: string | null }

t.test('the last completion counts once every proctored exam of the course is completed', async t => {
  const app = await buildTestApp(t)
  const freeze = (at: string) => app.inject({ method: 'POST', url: '/demo/clock', payload: { freeze: at } })
  const ask = async (person = ADA, query = '') => asPerson(app, person)<Completion>('GET', `${URL}${query}`)
  t.same((await ask()).body, { username: 'ada', last_completed_at: null })
  const [first, second] = [await addExam(app, { content_id: 'one' }), await addExam(app, { content_id: 'two', is_active: false })]
  await addExam(app, { content_id: 'practice', is_practice_exam: true })
  await addExam(app, { content_id: 'timed', is_proctored: false })
  await freeze('2030-01-01T10:00:00Z')
  await takeExam(app, ADA, first)
  t.equal((await ask()).body.last_completed_at, null, 'one of two')
  await freeze('2030-01-01T12:00:00Z')
  await takeExam(app, ADA, second)
  t.same((await ask()).body, { username: 'ada', last_completed_at: '2030-01-01T12:00:00Z' })

  t.equal((await ask(BOB)).body.last_completed_at, null)
  t.equal((await ask(BOB, '?username=ada')).status, 403)
  t.same((await ask({ id: 301, username: 'cora', courseStaff: [COURSE] }, '?username=ada')).body, { username: 'ada', last_completed_at: '2030-01-01T12:00:00Z' })
})
