import type { Action } from '../../press.ts'
import type { Session, State } from '../../state.ts'
import { html, table, type Html } from '../html.ts'

const BUTTONS: readonly (readonly [Action, string])[] = [
  ['ready', 'Ready'], ['quit', 'Close app'], ['passed', 'Pass'], ['suspicious', 'Suspicious'], ['violation', 'Violation'], ['not_reviewed', 'Not reviewed'],
]

export function sessionTable ({ sessions, exams }: State): Html {
  if (sessions.size === 0) return html`<p class="notice">There are none yet. Open a proctored exam in the demo course and choose to take it with proctoring.</p>`
  return table('Sessions', ['Learner', 'Exam', 'Attempt', 'App', 'Outcome', 'Do'], [...sessions.values()].reverse().map(session => [
    html`<a href="/app/${session.id}">${session.fullName || session.id}</a>`,
    html`${exams.get(session.examId)?.name ?? session.examId}${session.practice && ' (practice)'}`,
    html`${session.status}${session.ready && session.status === 'created' && ', ready'}`,
    session.appRunning ? 'running' : 'off',
    session.outcome?.replace('_', ' ') ?? '-',
    buttons(session),
  ]))
}

/** Each button says whom it is for, since a list of six equal names helps nobody who hears it. */
function buttons ({ id, fullName }: Session): Html {
  return html`<form method="post" action="/console/press" class="actions">
<input type="hidden" name="session" value="${id}">
${BUTTONS.map(([action, label]) => html`<button name="action" value="${action}" aria-label="${label}: ${fullName || id}">${label}</button>`)}
</form>`
}
