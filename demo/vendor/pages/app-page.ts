import type { Session } from '../state.ts'
import { html, layout, type Html } from './html.ts'

const CHECKS = ['Your camera shows you and your desk.', 'Your microphone hears you.', 'You are alone, and your desk is clear.']

/** What the learner sees of the application: set it up, say so, go back to the exam. */
export function appPage (session: Session, problem?: string): string {
  return layout({ title: 'System check' }, html`
${problem !== undefined && html`<p class="notice bad" role="alert">Your exam could not be told that you are ready. ${problem} Try again in a moment.</p>`}
<p>Hello${session.fullName && ` ${session.fullName}`}. This page stands for an application you would install.</p>
${stateOf(session)}
`)
}

function stateOf (session: Session): Html {
  if (session.status === 'submitted' || session.status === 'error') {
    return html`<p class="notice">Your exam is over, and so is this session. You may close this tab.</p>`
  }
  if (session.appRunning) {
    return html`
<p class="notice good" role="status">The application is running. Go back to the tab of your exam and go on there; leave this one open.</p>
${button(session, 'quit', 'Quit the application', 'The exam page notices that nobody is watching any more.')}`
  }
  return html`
<h2>Please check</h2>
<ul>${CHECKS.map(check => html`<li>${check}</li>`)}</ul>
${button(session, 'ready', session.ready ? 'Start the application again' : 'I am ready', 'Your exam page will let you start.')}`
}

function button ({ id }: Session, action: string, label: string, hint: string): Html {
  return html`<form method="post" action="/app/${id}/${action}">
<button class="main" aria-describedby="hint">${label}</button> <span id="hint" class="hint">${hint}</span>
</form>`
}

export function aboutPage (): string {
  return layout({ title: 'The application' }, html`<p>Open the application from the set-up page of your exam: it has to know which exam it is for.</p>`)
}

export function lostPage (): string {
  return layout({ title: 'Unknown session' }, html`
<p class="notice bad" role="alert">This session is not known here. Reload the set-up page of your exam and open the application from there.</p>`)
}
