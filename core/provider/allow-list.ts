import { organisationOf } from '../course-key.ts'

/** Which courses an operator lets a provider serve; without any list it serves all. */
export interface AllowList {
  /** Course keys; one that ends in `*` stands for all that begin like it. */
  readonly courses?: readonly string[] | undefined
  readonly organizations?: readonly string[] | undefined
}

/** A course on either list is served. */
export function servesCourse ({ courses, organizations }: AllowList, courseId: string): boolean {
  if (!courses && !organizations) return true
  const organisation = organisationOf(courseId)
  return (courses ?? []).some(pattern => fits(pattern, courseId)) || (organisation !== null && (organizations ?? []).includes(organisation))
}

export const isForEverybody = ({ courses, organizations }: AllowList): boolean => !courses && !organizations

function fits (pattern: string, courseId: string): boolean {
  return pattern.endsWith('*') ? courseId.startsWith(pattern.slice(0, -1)) : courseId === pattern
}

/** Whether a text can stand in `courses`: a whole course key, or how some begin and a `*`. */
export function isCoursePattern (text: string): boolean {
  if (/\s/.test(text)) return false
  return text.endsWith('*') ? /^[^*]+\*$/.test(text) : !text.includes('*') && organisationOf(text) !== null
}

/** Whether a text can stand in `organizations`: the first part of a course key. */
export const isOrganisation = (text: string): boolean => /^[^\s+/:*]+$/.test(text)

/** What the operator wrote of it, and nothing else. */
export const readAllowList = ({ courses, organizations }: AllowList): AllowList =>
  Object.freeze({ ...(courses && { courses: Object.freeze([...courses]) }), ...(organizations && { organizations: Object.freeze([...organizations]) }) })
