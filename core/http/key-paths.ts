/**
 * Old course ids hold slashes (`edX/DemoX/Demo`), content ids and search texts may; clients send them raw or percent-encoded.
 * Here a raw slash inside such a key is encoded, so that routes see one segment.
 */
const OLD_KEY = '[^/+?]+/[^/+?]+/[^/+?]+'

const KEYS: readonly RegExp[] = [
  new RegExp(`(?<=/course_id/)${OLD_KEY}(?=/content_id/|/search/|/exam_id/|/attempts|/allowances|/onboarding|/?(?:\\?|$))`),
  new RegExp(`(?<=/proctored_exam/)${OLD_KEY}(?=/(?:grouped/|bulk_)?allowance(?:\\?|$))`),
  new RegExp(`(?<=/instructor/)${OLD_KEY}(?=(?:/\\d+)?(?:\\?|$))`),
  new RegExp(`(?<=/courses/)${OLD_KEY}(?=/violations|/last_completion)`),
  /(?<=\/content_id\/)[^?]+/,
  /(?<=\/search\/)[^?]+/,
]

export function encodeKeysInPath (url: string): string {
  if (!url.startsWith('/api/')) return url
  return KEYS.reduce((path, key) => path.replace(key, found => found.replaceAll('/', '%2F')), url)
}
