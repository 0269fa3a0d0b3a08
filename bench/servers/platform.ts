import Fastify from 'fastify'
import { nameOf } from '../scene/course.ts'
import { readSettings, serveBench } from './channel.ts'

/** A learning platform that knows who is enrolled in the course, and nothing else. `learners` of them. */
const { learners = 0 } = readSettings()
const enrollments = Array.from({ length: learners }, (_, index) => {
  const username = nameOf(index + 1)
  return { user: { id: index + 1, username, email: `${username}@example.org`, full_name: username }, mode: 'verified' }
})
const app = Fastify()

app.post<{ Body: { offset: number, limit: number, text_search: string | null } }>('/enrollments/get_proctored_enrollments_page', async ({ body }) => {
  const found = find(body.text_search)
  return { result: { count: found.length, results: found.slice(body.offset, body.offset + body.limit) } }
})

app.post<{ Body: { text_search: string | null } }>('/enrollments/get_enrollments_can_take_proctored_exams', async ({ body }) => ({ result: find(body.text_search) }))

const find = (text: string | null) => text === null ? enrollments : enrollments.filter(({ user }) => user.username.includes(text))

await serveBench(app, {})
