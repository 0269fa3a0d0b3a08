import type { State } from '../../state.ts'
import { html, layout } from '../html.ts'
import { callTable } from './calls.ts'
import { profileTable } from './profiles.ts'
import { sessionTable } from './sessions.ts'
import { switchBoard } from './switch-board.ts'

export function consolePage (state: State): string {
  return layout({ title: 'Vendor console', live: true }, html`
${state.notice !== null && html`<p class="notice" role="status">${state.notice}</p>`}
${switchBoard(state.switches)}
<div id="live" data-live>
<h2>Sessions</h2>
${sessionTable(state)}
<h2>Onboarding profiles</h2>
${profileTable(state)}
<h2>Last calls</h2>
${callTable(state.calls)}
</div>
`)
}
