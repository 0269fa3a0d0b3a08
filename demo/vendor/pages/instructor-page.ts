import { rulesIn } from '../texts.ts'
import type { Session, State, VendorExam } from '../state.ts'
import { html, layout, table, type Html } from './html.ts'

/** What a signed link from Invigil says. Its signature was checked; its fields were not. */
export interface Claims { [name: string]: unknown }

/** The four uses of a link: the course, one exam, one attempt, or the settings of an exam. */
export function instructorPage (state: State, claims: Claims): string {
  const { course_id: course, exam_id: examId, attempt_id: attemptId, config, user } = claims
  const exams = [...state.exams.values()].filter(({ id, courseId }) => courseId === course && (!examId || id === examId))
  const ids = new Set(exams.map(({ id }) => id))
  const sessions = [...state.sessions.values()].filter(session => ids.has(session.examId) && (!attemptId || session.id === attemptId))
  const [exam] = exams
  const title = !examId || !exam ? 'Results of the course' : config === true ? `Settings of ${exam.name}` : attemptId ? 'One session' : `Results of ${exam.name}`
  return layout({ title }, html`
<p>Course ${String(course)}, seen by ${nameOf(user)}.</p>
${config === true && exam ? settings(exam) : results(state, sessions)}
`)
}

function nameOf (user: unknown): string {
  return typeof user === 'object' && user !== null && 'full_name' in user && typeof user.full_name === 'string' && user.full_name !== '' ? user.full_name : 'an instructor'
}

function settings ({ timeLimitMins, practice, rules }: VendorExam): Html {
  return html`<p>${timeLimitMins} minutes${practice && ', for practice'}.</p>
<h2>Rules</h2>
<ul>${Object.entries(rulesIn('en')).map(([rule, label]) => html`<li>${label}: <strong>${rules[rule] === true ? 'yes' : 'no'}</strong></li>`)}</ul>`
}

function results ({ exams }: State, sessions: Session[]): Html {
  if (sessions.length === 0) return html`<p class="notice">There are no sessions yet.</p>`
  return table('Sessions', ['Learner', 'Exam', 'Session', 'State', 'Outcome'], sessions.map(session => [
    session.fullName, exams.get(session.examId)?.name ?? '', html`<code>${session.id}</code>`, session.status, session.outcome ?? 'not reviewed yet',
  ]))
}

/** Where the link in a review leads. */
export function recordingPage (session: Session | undefined): string {
  return layout({ title: 'Recording' }, session
    ? html`<p class="notice">Here would be the recording of session <code>${session.id}</code>${session.fullName && ` of ${session.fullName}`}. Nobody was filmed.</p>`
    : html`<p class="notice bad" role="alert">There is no such recording.</p>`)
}

export function refusalPage (): string {
  return layout({ title: 'This link cannot be used' }, html`
<p class="notice bad" role="alert">It is too old, was opened before, or was not made by the learning platform. Go back there and open the dashboard again.</p>`)
}
