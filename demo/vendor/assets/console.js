/* global document, fetch, DOMParser */

const EVERY_MS = 2000

/** Shows what happened meanwhile, but never under the hands of whoever is using the list. */
async function refresh () {
  const live = document.getElementById('live')
  if (document.hidden || live.contains(document.activeElement)) return
  const response = await fetch('/console')
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const fresh = page.getElementById('live')
  if (fresh && fresh.innerHTML !== live.innerHTML) live.innerHTML = fresh.innerHTML
}

// a vendor that was stopped must not fill the console with errors
setInterval(() => { refresh().catch(() => {}) }, EVERY_MS)
