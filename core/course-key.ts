/** The organisation of `course-v1:Org+Course+Run` or `Org/Course/Run`; null for any other text. */
export function organisationOf (courseId: string): string | null {
  return /^course-v1:([^+/]+)\+[^+/]+\+[^+/]+$/.exec(courseId)?.[1] ?? /^([^+/]+)\/[^+/]+\/[^+/]+$/.exec(courseId)?.[1] ?? null
}
