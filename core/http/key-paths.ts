/**
 * Old course ids hold slashes (`edX/DemoX/Demo`), content ids and search texts may; clients send them raw or percent-encoded.
 * Here a raw slash inside such a key is encoded, so that routes see one segment.
 */
const PART = '[^/+?]+'
// a key of today is one part, also when its signs are percent-encoded, and what follows a key is none of it
const OLD_KEY = `(?:(?!%2[Bb]|%3[Aa]|%2[Ff])[^/+?:])+/(?!(?:content_id|search|exam_id|allowances)/)${PART}/${PART}`

const KEYS: readonly RegExp[] = [
  new RegExp(`(?<=/course_id/)${OLD_KEY}(?=/content_id/|/search/|/exam_id/|/attempts|/allowances|/onboarding|/?(?:\\?|$))`),
  new RegExp(`(?<=/proctored_exam/)${OLD_KEY}(?=/(?:grouped/|bulk_)?allowance(?:\\?|$))`),
  new RegExp(`(?<=/instructor/)${OLD_KEY}(?=(?:/\\d+)?(?:\\?|$))`),
  new RegExp(`(?<=/courses/)${OLD_KEY}(?=/violations|/last_completion)`),
  /(?<=\/content_id\/)[^?]+/,
  /(?<=\/search\/)[^?]+/,
]

/** The poll and the status change: asked more than all others together. */
const KEYLESS = /^\/api\/edx_proctoring\/v1\/proctored_exam\/attempt\/\d+$/

export function encodeKeysInPath (url: string): string {
  if (!url.startsWith('/api/') || KEYLESS.test(url)) return url
  return KEYS.reduce((path, key) => path.replace(key, found => found.replaceAll('/', '%2F')), url)
}
