import type { Session, State } from '../state.ts'
import { html, layout, type Html } from './html.ts'

/** What a signed link from Invigil says. Its signature was checked; its fields were not. */
export interface Claims { [name: string]: unknown }

export function instructorPage (state: State, claims: Claims): string {
  const exams = [...state.exams.values()].filter(exam => exam.courseId === claims.course_id && (!claims.exam_id || exam.id === claims.exam_id))
  const ids = new Set(exams.map(({ id }) => id))
  const sessions = [...state.sessions.values()].filter(({ id, examId }) => ids.has(examId) && (!claims.attempt_id || id === claims.attempt_id))
  return layout({ title: claims.config === true ? 'Exam settings' : 'Proctoring results' }, html`
<p>Course ${String(claims.course_id)}, seen by ${nameOf(claims.user)}.</p>
${claims.config === true
  ? exams.map(exam => html`<h2>${exam.name}</h2><p>${exam.timeLimitMins} minutes. Rules: ${JSON.stringify(exam.rules)}</p>`)
  : sessionTable(state, sessions)}
`)
}

function nameOf (user: unknown): string {
  return typeof user === 'object' && user !== null && 'full_name' in user && typeof user.full_name === 'string' && user.full_name !== '' ? user.full_name : 'an instructor'
}

function sessionTable ({ exams }: State, sessions: Session[]): Html {
  if (sessions.length === 0) return html`<p class="notice">There are no sessions yet.</p>`
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Sessions"><table>
<thead><tr><th scope="col">Learner</th><th scope="col">Exam</th><th scope="col">Session</th><th scope="col">State</th><th scope="col">Outcome</th></tr></thead>
<tbody>${sessions.map(session => html`<tr>
<th scope="row">${session.fullName}</th><td>${exams.get(session.examId)?.name ?? ''}</td><td><code>${session.id}</code></td><td>${session.status}</td>
<td>${session.outcome ?? 'not reviewed yet'}</td></tr>`)}</tbody>
</table></div>`
}

export function refusalPage (): string {
  return layout({ title: 'This link cannot be used' }, html`
<p class="notice bad" role="alert">It is too old, or was not made by the learning platform. Go back there and open the dashboard again.</p>`)
}
