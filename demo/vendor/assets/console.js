/* global document, fetch, DOMParser */

const EVERY_MS = 2000

/** Shows what happened meanwhile, but never under the hands of whoever is using the list. */
async function refresh () {
  if (document.hidden) return
  const response = await fetch('/console')
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const live of document.querySelectorAll('[data-live]')) {
    const fresh = page.getElementById(live.id)
    if (fresh && fresh.innerHTML !== live.innerHTML && !live.contains(document.activeElement)) live.innerHTML = fresh.innerHTML
  }
}

// a vendor that was stopped must not fill the console with errors
setInterval(() => { refresh().catch(() => {}) }, EVERY_MS)
