import t from 'tap'
import { addExam, ADA, API, asPerson, BOB, buildTestApp, COURSE } from '../helper/app.ts'
import { takeExam } from '../helper/attempts.ts'
import { createCli } from '../helper/cli.ts'

const OTHER_COURSE = 'course-v1:edX+Other+2030'

t.test('a person is made staff of a course, at once and of no other, and stops being it', async t => {
  const app = await buildTestApp(t)
  const invigil = createCli({ app })
  await takeExam(app, ADA, await addExam(app))
  const asBob = asPerson(app, BOB)
  const list = async (course: string) => (await asBob('GET', `${API}/attempt/grouped/course_id/${course}`)).status
  t.equal(await list(COURSE), 403)

  t.match(await invigil('staff', 'grant', 'bob', '--course', COURSE), { code: 0, out: `bob is now staff of ${COURSE}.\n` })
  t.equal(await list(COURSE), 200)
  t.equal(await list(OTHER_COURSE), 403)
  t.match((await invigil('staff', 'grant', 'bob@example.com', '--course', COURSE, '--json')).json(), { username: 'bob', course_id: COURSE, granted: false })
  t.match(await invigil('staff', 'list'), { code: 0, out: /^course +username +email +since\n.*bob/ })
  t.match((await invigil('staff', 'list', '--course', COURSE, '--json')).json(), [{ user_id: BOB.id, username: 'bob', course_id: COURSE }])
  t.match(await invigil('staff', 'list', '--course', OTHER_COURSE), { out: 'None.\n' })

  t.match(await invigil('staff', 'revoke', 'bob', '--course', COURSE), { code: 0, out: /bob is no longer staff/ })
  t.equal(await list(COURSE), 403)
  t.match(await invigil('staff', 'revoke', 'bob', '--course', COURSE), { code: 0, out: /bob was not made staff/ })
  const story = await app.db.query<{ change: string, actor: string }>({ name: '', text: "select change, actor_name as actor from history where entity = 'course_staff' order by id" }, [])
  t.same(story, [{ change: '+', actor: 'command staff grant' }, { change: '-', actor: 'command staff revoke' }], 'who did it is written down')
})

t.test('staff commands say what is missing or wrong', async t => {
  const invigil = createCli({ app: await buildTestApp(t) })
  t.match(await invigil('staff', 'grant', 'nobody', '--course', COURSE), { code: 1, err: /no user "nobody" here.*users remember/ })
  t.match(await invigil('staff', 'grant', 'nobody'), { code: 2, err: /--course is missing/ })
  await invigil('users', 'remember', '--id', '7', '--username', 'zoe')
  t.match(await invigil('staff', 'grant', 'zoe', '--course', 'x'.repeat(256)), { code: 2, err: /1 to 255 characters; found 256/ })
})
