/** Beginnings that all addresses of a family share. */
const PREFIX = /^\/api\/(?:edx_proctoring\/(?:v1\/)?(?:proctored_exam\/)?|invigil\/v1\/)/

/** A name for generated code: `GET .../attempt/:attempt_id` is `getAttemptByAttemptId`. */
export function nameOperation (method: string, url: string): string {
  const segments = url.replaceAll(/\([^)]*\)/g, '').replace(PREFIX, '').split('/').filter(segment => segment !== '')
  const parameters = segments.filter(segment => segment.startsWith(':')).map(segment => segment.slice(1))
  // `exam_id/:exam_id` would say it twice
  const places = segments.filter((segment, index) => !segment.startsWith(':') && segments[index + 1] !== `:${segment}`)
  const by = parameters.length === 0 ? '' : `By${parameters.map(inPascalCase).join('And')}`
  return method.toLowerCase() + places.map(inPascalCase).join('') + by
}

const inPascalCase = (text: string): string =>
  text.split(/[^A-Za-z0-9]+/).filter(Boolean).map(word => word.charAt(0).toUpperCase() + word.slice(1)).join('')
