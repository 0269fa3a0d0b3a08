import { OUTAGES, REGISTRATIONS, type Call, type Session, type State, type Switches } from '../state.ts'
import { html, layout, type Html } from './html.ts'

const OUTAGE_LABELS: Record<Switches['outage'], string> = { none: 'The API works', busy: 'Answer 503 to everything', cut: 'Cut the line without an answer' }
const REGISTRATION_LABELS: Record<Switches['registration'], string> = {
  accept: 'Accept',
  refuse: 'Refuse with 403',
  onboarding_missing: 'Onboarding is missing',
  onboarding_pending: 'Onboarding is pending',
  onboarding_failed: 'Onboarding has failed',
  onboarding_expired: 'Onboarding has expired',
}
const ACTIONS = [['ready', 'Ready'], ['quit', 'Close app'], ['passed', 'Pass'], ['suspicious', 'Suspicious'], ['violation', 'Violation']] as const

export function consolePage (state: State): string {
  return layout({ title: 'Vendor console', live: true }, html`
${state.notice !== null && html`<p class="notice" role="status">${state.notice}</p>`}
${switches(state.switches)}
<div id="live">
<h2>Sessions</h2>
${sessions(state)}
<h2>Calls</h2>
${calls(state.calls)}
</div>
`)
}

function switches ({ delayMs, outage, registration }: Switches): Html {
  return html`<form method="post" action="/console/switches" class="card">
<h2>How the API behaves</h2>
<label>Pause before each answer, ms <input type="number" name="delay_ms" min="0" max="60000" step="100" value="${delayMs}"></label>
<label>Outage <select name="outage">${options(OUTAGES, OUTAGE_LABELS, outage)}</select></label>
<label>Registrations <select name="registration">${options(REGISTRATIONS, REGISTRATION_LABELS, registration)}</select></label>
<button>Set</button>
</form>`
}

function options<Word extends string> (words: readonly Word[], labels: Record<Word, string>, chosen: Word): Html[] {
  return words.map(word => word === chosen
    ? html`<option value="${word}" selected>${labels[word]}</option>`
    : html`<option value="${word}">${labels[word]}</option>`)
}

function sessions ({ sessions, exams }: State): Html {
  if (sessions.size === 0) return html`<p class="notice">There are none yet. Open a proctored exam in the demo course and choose to take it with proctoring.</p>`
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Sessions"><table>
<thead><tr><th scope="col">Learner</th><th scope="col">Exam</th><th scope="col">Attempt</th><th scope="col">App</th><th scope="col">Outcome</th><th scope="col">Do</th></tr></thead>
<tbody>${[...sessions.values()].reverse().map(session => row(session, exams.get(session.examId)?.name ?? session.examId))}</tbody>
</table></div>`
}

function row (session: Session, exam: string): Html {
  return html`<tr>
<th scope="row"><a href="/app/${session.id}">${session.fullName || session.id}</a></th>
<td>${exam}${session.practice && ' (practice)'}</td>
<td>${session.status}${session.ready && session.status === 'created' && ', ready'}</td>
<td>${session.appRunning ? 'running' : 'off'}</td>
<td>${session.outcome ?? '-'}</td>
<td><form method="post" action="/console/press" class="actions">
<input type="hidden" name="session" value="${session.id}">
${ACTIONS.map(([action, label]) => html`<button name="action" value="${action}" aria-label="${label}: ${session.fullName}">${label}</button>`)}
</form></td>
</tr>`
}

function calls (list: Call[]): Html {
  if (list.length === 0) return html`<p class="notice">Nobody has called yet.</p>`
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Calls"><table class="log">
<thead><tr><th scope="col">Time</th><th scope="col">From</th><th scope="col">Call</th><th scope="col">Answer</th><th scope="col">ms</th></tr></thead>
<tbody>${list.map(({ at, direction, what, result, ms }) => html`<tr>
<td>${at.toISOString().slice(11, 19)}</td><td>${direction === 'in' ? 'Invigil' : 'vendor'}</td><td><code>${what}</code></td><td>${result}</td><td>${ms}</td></tr>`)}</tbody>
</table></div>`
}
