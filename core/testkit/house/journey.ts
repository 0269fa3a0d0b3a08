import { problem, type Problem } from '../check.ts'
import type { House } from './house.ts'
import { askAs, askAsVendor, fieldOf, LEARNER, STAFF, type Answer, type Method, type Person } from './people.ts'

const API = '/api/edx_proctoring/v1/proctored_exam'

/** What a journey found wrong; it ends there. */
export class WentWrong extends Error {
  readonly problem: Problem

  constructor (found: Problem) {
    super(found.found)
    this.problem = found
  }
}

export function expect (holds: boolean, expected: string, found: string, hint: string): void {
  if (!holds) throw new WentWrong(problem(expected, found, hint))
}

export interface AttemptState { readonly id: number, readonly status: string, readonly externalId: string | null }

/** One learner, one exam, one way through it. */
export interface Journey {
  readonly house: House
  saveExam (changes?: Record<string, unknown>): Promise<void>
  /** Enters the exam and answers what came of it; a refusal is not an error here. */
  tryEnter (): Promise<Answer>
  enter (): Promise<AttemptState>
  act (attempt: AttemptState, action: string): Promise<AttemptState>
  read (attempt: Pick<AttemptState, 'id'>): Promise<AttemptState>
  remove (attempt: AttemptState): Promise<void>
  resume (attempt: AttemptState): Promise<void>
  /** The page the learner sees now; null = the content of the exam. */
  look (): Promise<string | null>
  ready (attempt: AttemptState): Promise<Answer>
  review (attempt: AttemptState, body: Record<string, unknown>): Promise<Answer>
  retire (): Promise<Answer>
  /** Everything the provider was to be told has been told. */
  settle (): Promise<void>
}

const MEND = 'See what the provider answered; the service handed it on.'

export function beginJourney (house: House, name: string, fields: Record<string, unknown> = {}): Journey {
  const { app } = house
  // a course of its own: publishing a course switches off what is not in its list
  const courseId = `course-v1:Invigil+${name}+2030`
  const contentId = `block-v1:Invigil+${name}+2030+type@sequential+block@final`
  let examId = 0

  async function ask (person: Person, method: Method, url: string, payload?: object): Promise<Answer> {
    const answer = await askAs(app, person, method, url, payload)
    expect(answer.status < 500, `${method} ${url} not to fail`, describe(answer), MEND)
    return answer
  }
  async function must (person: Person, method: Method, url: string, payload?: object): Promise<Answer> {
    const answer = await ask(person, method, url, payload)
    expect(answer.status < 300, `${method} ${url} to succeed`, describe(answer), MEND)
    return answer
  }
  async function read ({ id }: Pick<AttemptState, 'id'>): Promise<AttemptState> {
    const { body } = await must(LEARNER, 'GET', `${API}/attempt/${id}`)
    const externalId = fieldOf(body, 'external_id')
    return { id, status: String(fieldOf(body, 'status')), externalId: typeof externalId === 'string' && externalId !== '' ? externalId : null }
  }
  const enter = () => askAs(app, LEARNER, 'POST', `${API}/attempt`, { exam_id: examId, attempt_proctored: true, start_clock: false })
  const attemptIn = (answer: Answer) => Number(fieldOf(answer.body, 'exam_attempt_id'))

  return {
    house,
    read,
    tryEnter: enter,
    async saveExam (changes = {}) {
      const exam = { course_id: courseId, content_id: contentId, exam_name: 'Final exam', time_limit_mins: 90, is_proctored: true, is_practice_exam: false, is_active: true, hide_after_due: false, ...fields, ...changes }
      const { body } = await must(STAFF, 'PATCH', `${API}/exam_registration/course_id/${courseId}`, [exam])
      examId = Number(fieldOf(Array.isArray(body) ? body[0] : null, 'exam_id'))
    },
    async enter () {
      const answer = await enter()
      expect(answer.status === 200, 'the learner to get an attempt', describe(answer), 'registerAttempt was called with the vendor well; see methods.registerAttempt.')
      return read({ id: attemptIn(answer) })
    },
    async act (attempt, action) {
      const answer = await must(LEARNER, 'PUT', `${API}/attempt/${attempt.id}`, { action })
      return read({ id: attemptIn(answer) || attempt.id })
    },
    async remove ({ id }) { await must(STAFF, 'DELETE', `${API}/attempt/${id}`) },
    async resume ({ id }) { await must(STAFF, 'PUT', `${API}/attempt/${id}`, { action: 'mark_ready_to_resume', user_id: LEARNER.id }) },
    async look () {
      const before = house.logged.length
      const { status, headers } = await ask(LEARNER, 'POST', '/api/invigil/v1/student_view', { course_id: courseId, content_id: contentId })
      expect(status === 200 || status === 204, 'a page, or the content, for the learner', `${status}`, MEND)
      expect(!house.logged.slice(before).some(line => line.includes('A page of the provider failed')), 'the provider\'s own page', 'it failed, and the core\'s was shown', 'See the group "templates".')
      return status === 204 ? null : String(headers['invigil-view'])
    },
    ready: ({ externalId }) => askAsVendor(app, `${API}/attempt/${externalId}/ready`, { status: 'ready' }),
    review: ({ externalId }, body) => askAsVendor(app, `${API}/attempt/${externalId}/reviewed`, body),
    retire: () => askAs(app, STAFF, 'POST', `/api/edx_proctoring/v1/retire_backend_user/${LEARNER.id}/`),
    async settle () {
      await house.settle()
      const left = await house.undelivered()
      expect(left.length === 0, 'everything the vendor must know to reach it within a day', left.slice(0, 2).join('; '), 'The methods for it keep failing though the vendor is well; see the groups "methods" and "faults".')
    },
  }
}

export function describe ({ status, body }: Answer): string {
  return `${status} ${JSON.stringify(body)?.slice(0, 300) ?? ''}`
}
