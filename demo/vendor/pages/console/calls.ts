import type { Call } from '../../state.ts'
import { html, table, type Html } from '../html.ts'

const SHOWN = 50

/** What Invigil and the vendor said to each other, newest first. */
export function callTable (calls: Call[]): Html {
  if (calls.length === 0) return html`<p class="notice">Nobody has called yet.</p>`
  return table('Last calls', ['Time', 'From', 'Call', 'Answer', 'ms'], calls.slice(0, SHOWN).map(({ at, direction, what, sent, result, ms }) => [
    at.toISOString().slice(11, 19),
    direction === 'in' ? 'Invigil' : 'vendor',
    html`<code>${what}</code>${sent !== '' && html`<br><code class="hint">${sent}</code>`}`,
    /^2/.test(result) ? result : html`<strong class="bad">${result}</strong>`,
    ms,
  ]), 'log')
}
