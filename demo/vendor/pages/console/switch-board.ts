import { CALLBACKS, NORMAL, OPERATIONS, OUTAGES, REGISTRATIONS, keysOf, type Switches } from '../../switches.ts'
import { html, select, type Html } from '../html.ts'

/** All that can be made to go wrong. */
export function switchBoard (switches: Switches): Html {
  const { delay_ms: delay, outage, only, times, registration, callbacks, token_seconds: life } = switches
  const isNormal = keysOf(NORMAL).every(name => switches[name] === NORMAL[name])
  return html`<section class="card" aria-labelledby="board">
<h2 id="board">How the vendor behaves</h2>
<p class="hint">${isNormal ? 'Everything works.' : 'Something is switched.'}</p>
<form method="post" action="/console/switches">
<fieldset><legend>Its API</legend>
<label>Outage ${select('outage', OUTAGES, outage)}</label>
${number('Pause before each answer, ms', 'delay_ms', delay, 0, 60_000)}
<label>Strikes ${select('only', OPERATIONS, only)}</label>
${number('For how many calls (0 = all)', 'times', times, 0, 1000)}
</fieldset>
<fieldset><legend>Its rules</legend>
<label>Registrations ${select('registration', REGISTRATIONS, registration)}</label>
<label>Its own calls ${select('callbacks', CALLBACKS, callbacks)}</label>
${number('Life of a token, s', 'token_seconds', life, 1, 86_400)}
</fieldset>
<div class="actions">
<button class="main">Set</button>
<button formaction="/console/expire" formnovalidate>End all tokens now</button>
<button formaction="/console/normal" formnovalidate>Back to normal</button>
</div>
</form>
</section>`
}

function number (label: string, name: string, value: number, min: number, max: number): Html {
  return html`<label>${label} <input type="number" name="${name}" min="${min}" max="${max}" value="${value}" required></label>`
}
