import { CALLBACKS, NORMAL, OPERATIONS, OUTAGES, REGISTRATIONS, type Switches } from '../../switches.ts'
import { html, select, type Html } from '../html.ts'

/** All that can be made to go wrong. */
export function switchBoard (switches: Switches): Html {
  const { delay_ms: delay, outage, only, times, registration, callbacks, token_seconds: life } = switches
  return html`<section class="card" aria-labelledby="board">
<h2 id="board">How the vendor behaves</h2>
<p class="hint" id="at-present" data-live>At present: ${atPresent(switches)}.</p>
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

/** In words, since a fault that was set for a number of calls ends by itself. */
function atPresent (switches: Switches): string {
  const { delay_ms: delay, outage, only, times, registration, callbacks, token_seconds: life } = switches
  const strikes = `${only === 'any' ? '' : `, ${OPERATIONS[only]} only`}${times === 0 ? '' : `, ${times} more`}`
  const parts = [
    outage !== NORMAL.outage && `${OUTAGES[outage]}${strikes}`,
    delay !== NORMAL.delay_ms && `a pause of ${delay} ms${strikes}`,
    registration !== NORMAL.registration && `registrations: ${REGISTRATIONS[registration]}`,
    callbacks !== NORMAL.callbacks && `its own calls: ${CALLBACKS[callbacks]}`,
    life !== NORMAL.token_seconds && `tokens live ${life} s`,
  ].filter(part => part !== false)
  return parts.length === 0 ? 'everything works' : parts.join('; ')
}

function number (label: string, name: string, value: number, min: number, max: number): Html {
  return html`<label>${label} <input type="number" name="${name}" min="${min}" max="${max}" value="${value}" required></label>`
}
