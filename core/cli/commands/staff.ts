import { grantCourseStaff, listCourseStaff, revokeCourseStaff } from '../../domain/course-staff.ts'
import { snakeKeys } from '../../snake-case.ts'
import { actorFor, AS, requireUser } from '../actor.ts'
import { defineCommand } from '../command.ts'
import { UsageError } from '../faults.ts'

const COURSE = { kind: 'text', value: 'COURSE', help: 'the course id' } as const
const USER = { user: { kind: 'text', value: 'USER', required: true, help: 'user name or e-mail' } } as const
const LONGEST_ID = 255

const list = defineCommand({
  name: 'staff list',
  summary: 'List who was made staff of a course here',
  description: 'People whom the platform\'s tokens or its instructor service name are staff as well, and are not listed: Invigil asks about them when they come.',
  options: { course: { ...COURSE, help: 'one course only' } },
  async run ({ house, out }, { course }) {
    const { domain } = await house()
    const members = await listCourseStaff(domain.db, course)
    out.table(members.map(({ username, email, courseId, since }) => ({ course: courseId, username, email, since })), members.map(snakeKeys))
  },
})

const grant = defineCommand({
  name: 'staff grant',
  summary: 'Make a person staff of a course',
  description: 'For platforms that say nothing about staff. It takes effect at once, whatever the person\'s token says; global staff comes from the token alone.',
  positionals: USER,
  options: { course: { ...COURSE, required: true }, as: AS },
  async run ({ house, out }, { user: name, course, as }) {
    const { domain } = await house()
    const [user, actor] = [await requireUser(domain, name), await actorFor(domain, 'staff grant', as)]
    const isNew = await grantCourseStaff(domain.db, { courseId: checkCourse(course), user, actor, at: domain.clock.now() })
    out.say(`${user.username} is ${isNew ? 'now' : 'already'} staff of ${course}.`, { user_id: user.id, username: user.username, course_id: course, granted: isNew })
  },
})

const revoke = defineCommand({
  name: 'staff revoke',
  summary: 'Take back what "staff grant" gave',
  positionals: USER,
  options: { course: { ...COURSE, required: true }, as: AS },
  async run ({ house, out }, { user: name, course, as }) {
    const { domain } = await house()
    const [user, actor] = [await requireUser(domain, name), await actorFor(domain, 'staff revoke', as)]
    const wasStaff = await revokeCourseStaff(domain.db, { courseId: checkCourse(course), user, actor, at: domain.clock.now() })
    out.say(`${user.username} ${wasStaff ? 'is no longer' : 'was not made'} staff of ${course} here; the platform may still say so.`, { user_id: user.id, username: user.username, course_id: course, revoked: wasStaff })
  },
})

export default [list, grant, revoke]

function checkCourse (id: string): string {
  if (id === '' || id.length > LONGEST_ID) throw new UsageError(`--course must be a course id of 1 to ${LONGEST_ID} characters; found ${id.length}.`)
  return id
}
