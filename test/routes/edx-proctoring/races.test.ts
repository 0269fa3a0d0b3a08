import t from 'tap'
import { ADA, addExam, API, asPerson, buildTestApp } from '../../helper/app.ts'
import { takeExam } from '../../helper/attempts.ts'

const ROUNDS = 4
/** Leaves time for another to be faster. */
const SLOW_INSERTS = [
  "create function pause() returns trigger language plpgsql as 'begin perform pg_sleep(0.05); return new; end'",
  'create trigger pause before insert on attempt for each row execute function pause()',
]

t.test('who declines an exam in one tab and enters others in more at the same moment is answered in each', async t => {
  const app = await buildTestApp(t)
  for (const [index, text] of SLOW_INSERTS.entries()) await app.db.query({ name: `slow-${index}`, text }, [])
  const ask = asPerson(app, ADA)
  for (let round = 0; round < ROUNDS; round++) {
    const exam = (name: string) => addExam(app, { course_id: `course-v1:edX+Race+${round}`, content_id: name })
    const [first, ...others] = [await exam('first'), await exam('second'), await exam('third')]
    const { id } = await takeExam(app, ADA, first, 'created')
    const answers = await Promise.all([
      ...others.map(other => ask('POST', `${API}/attempt`, { exam_id: other, attempt_proctored: true })),
      ask('PUT', `${API}/attempt/${id}`, { action: 'decline' }),
      ...others.map(other => ask('POST', `${API}/attempt`, { exam_id: other, attempt_proctored: true })),
    ])
    t.same(answers.filter(({ status }) => ![200, 400].includes(status)).map(({ status, text }) => `${status} ${text}`), [])
    t.equal(answers[others.length]?.status, 200, 'the exam is declined')
    const rows = await app.db.query({ name: 'current', text: 'select exam_id from attempt where is_current and course_id = $1 group by exam_id having count(*) = 1' }, [`course-v1:edX+Race+${round}`])
    t.equal(rows.length, 3, 'one attempt at each exam counts')
  }
})
