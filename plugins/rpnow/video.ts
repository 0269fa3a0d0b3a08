/** The page of a recording that plays in today's browsers; null for what is not an address of a page. */
export function playableVideo (url: string): string | null {
  // the address came with a review nobody signed: an instructor's browser must not be sent to a script
  if (!['http:', 'https:'].includes(URL.parse(url)?.protocol ?? '')) return null
  return url.replaceAll('DirectLink-Generic', 'DirectLink-HTML5')
}
