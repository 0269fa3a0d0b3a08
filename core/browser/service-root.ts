/**
 * Where the service is: said by the host page (`data-invigil-root` on <html>), else where this script came from.
 * Must be called while the script runs: later nobody knows which script it was.
 */
export function serviceRoot (document: Document): string {
  const said = document.documentElement.dataset.invigilRoot
  const script = document.currentScript
  const source = script instanceof HTMLScriptElement ? script.src : ''
  return said || source || document.location.href
}
