/** Everything that leaves or reloads the page goes through here, so that no warning is in the way. */

/** Dispatched before a reload; `preventDefault()` lets a host page do it its own way. */
export const RELOAD_EVENT = 'invigil:reload'

function warn (event: BeforeUnloadEvent): void {
  event.preventDefault()
}

export function setLeaveWarning (on: boolean): void {
  if (on) window.addEventListener('beforeunload', warn)
  else window.removeEventListener('beforeunload', warn)
}

/** Answers whether the page really reloads. */
export function reloadPage (reason: string): boolean {
  setLeaveWarning(false)
  const goOn = document.dispatchEvent(new CustomEvent(RELOAD_EVENT, { cancelable: true, detail: { reason } }))
  if (goOn) {
    // what comes is another page: a learner must not land in its middle because the button stood further down
    window.history.scrollRestoration = 'manual'
    window.location.reload()
  }
  return goOn
}

export function goTo (address: string): void {
  setLeaveWarning(false)
  window.location.assign(address)
}
