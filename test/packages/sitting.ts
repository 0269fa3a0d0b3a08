import { createSecretKey } from 'node:crypto'
import { SignJWT } from 'jose'
import { until } from '../helper/server-process.ts'

/** Of the demo LMS: the exam that is watched by the default provider. */
const EXAM = { course_id: 'course-v1:Demo+OC101+2030', content_id: 'block-v1:Demo+OC101+2030+type@sequential+block@proctored' }
const ATTEMPT = '/api/edx_proctoring/v1/proctored_exam/attempt'

interface Page { view: string, html: string }

/** A learner sits the demo's exam with a new package's stand-in for its vendor; answers what he saw. */
export async function sitExam (url: string, secret: string, verdict: string) {
  const token = await new SignJWT({ user_id: 9001, preferred_username: 'ada', email: 'ada@example.com', name: 'Ada', is_active: true })
    .setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(createSecretKey(secret, 'utf8'))
  async function ask<Answer> (method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(url + path, { method, headers: { authorization: `JWT ${token}`, 'content-type': 'application/json', accept: 'application/json' }, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const look = () => ask<Page>('POST', '/api/invigil/v1/student_view', EXAM)
  const statusOf = async (id: number) => (await ask<{ status: string }>('GET', `${ATTEMPT}/${id}`)).status

  // the demo's course is published a moment after the server is ready
  await until(() => look().then(() => true, () => false))
  const entrance = await look()
  const { exam_attempt_id: id } = await ask<{ exam_attempt_id: number }>('POST', ATTEMPT, { exam_id: Number(/data-exam-id="(\d+)"/.exec(entrance.html)?.[1]), attempt_proctored: true })
  const setUp = await look()
  const app = /http[^"]*\/app\/[0-9a-f-]+/.exec(setUp.html)?.[0] ?? ''
  await fetch(`${app}/ready`, { method: 'POST' })
  const ready = await statusOf(id)
  await ask('PUT', `${ATTEMPT}/${id}`, { action: 'start' })
  await ask('PUT', `${ATTEMPT}/${id}`, { action: 'submit' })
  await fetch(`${app}/review-${verdict}`, { method: 'POST' })
  return { entrance: entrance.view, setUp, ready, verdict: await statusOf(id) }
}
