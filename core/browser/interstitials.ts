/** Entry: makes the buttons of the pages work. One listener for the whole document, so pages put in later work as well. */
import { createAjax } from './ajax.ts'
import { askWorker } from './ask-worker.ts'
import { ATTEMPT_CONTROLS } from './controls/attempt.ts'
import { showLoading, type Control, type Services } from './controls/control.ts'
import { ENTRY_CONTROLS } from './controls/entry.ts'
import { SETUP_CONTROLS } from './controls/setup.ts'
import { serviceRoot } from './service-root.ts'
import { reloadPage } from './leaving.ts'
import { showLocalDates } from './local-dates.ts'
import { mountOnce } from './mount-once.ts'

const CONTROLS = [...ENTRY_CONTROLS, ...SETUP_CONTROLS, ...ATTEMPT_CONTROLS]

function listen (services: Services): void {
  // One thing at a time: a second click, on whatever button, must not race the first.
  let busy = false
  document.addEventListener('click', async event => {
    const found = findControl(event.target)
    if (!found || busy) return
    event.preventDefault()
    busy = true
    busy = await operate(found.control, found.button, services)
  })
}

function findControl (target: EventTarget | null): { control: Control, button: HTMLButtonElement } | null {
  const button = target instanceof Element ? target.closest('button') : null
  const control = button && CONTROLS.find(({ selector }) => button.matches(selector))
  return control ? { control, button } : null
}

/** Answers whether the page is on its way out; until then it stays locked. */
async function operate (control: Control, button: HTMLButtonElement, services: Services): Promise<boolean> {
  const restore = showLoading(button)
  try {
    const outcome = await control.run(button, services)
    if (outcome === 'reload' && reloadPage(button.dataset.action ?? '')) return true
    restore()
  } catch (error) {
    console.warn('invigil:', error)
    restore()
    control.explain(button)
  }
  return false
}

const root = serviceRoot(document)
mountOnce('pages', () => {
  listen({ ajax: createAjax(root), askWorker })
  showLocalDates()
})
