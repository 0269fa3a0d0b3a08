/** Where the calls go, relative to `base_url`. A vendor that differs overrides single rows. */
export const REST_PATHS = {
  configuration: '/api/v1/config/',
  exams: '/api/v1/exam/',
  exam: '/api/v1/exam/{exam}/',
  attempts: '/api/v1/exam/{exam}/attempt/',
  attempt: '/api/v1/exam/{exam}/attempt/{attempt}/',
  user: '/api/v1/user/{user}/',
  onboarding: '/api/v1/courses/{course}/onboarding_statuses',
  instructor: '/api/v1/instructor/{client}/?jwt={jwt}',
} as const

export type RestPaths = Record<keyof typeof REST_PATHS, string>

const UNFILLED = /\{(\w+)\}/g
/** Allowed as they are in a path segment (RFC 3986 §3.3), and vendors have always seen course keys that way. */
const LITERAL_IN_PATH = /%(?:24|26|2B|2C|3A|3B|3D|40)/g

/** Puts ids into a path so that no id can reach another resource. */
export function fillPath (template: string, ids: Record<string, string>): string {
  const [path = '', ...query] = template.split('?')
  const filledPath = path.replace(UNFILLED, (_, name: string) => encodeSegment(idNamed(name, ids)))
  const filledQuery = query.join('?').replace(UNFILLED, (_, name: string) => encodeURIComponent(idNamed(name, ids)))
  return query.length === 0 ? filledPath : `${filledPath}?${filledQuery}`
}

function idNamed (name: string, ids: Record<string, string>): string {
  const id = ids[name]
  if (id === undefined || id === '') throw new Error(`this path needs the id {${name}}, which is not known here`)
  return id
}

function encodeSegment (id: string): string {
  // URL parsers resolve these two even when they are percent-encoded
  if (id === '.' || id === '..') throw new Error(`the id "${id}" cannot be put into a path`)
  return encodeURIComponent(id).replace(LITERAL_IN_PATH, decodeURIComponent)
}
