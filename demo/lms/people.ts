/** Everybody who can sign in to the demo, and the platform itself. */
export interface Person {
  key: string
  id: number
  username: string
  name: string
  email: string
  role: 'learner' | 'instructor' | 'operator' | 'platform'
  /** What the sign-in page says of them. */
  about: string
}

export const PEOPLE: readonly Person[] = [
  { key: 'ada', id: 101, username: 'ada', name: 'Ada Marsh', email: 'ada@example.org', role: 'learner', about: 'Learner. Has not touched an exam yet.' },
  { key: 'ben', id: 102, username: 'ben', name: 'Ben Okafor', email: 'ben@example.org', role: 'learner', about: 'Learner. Useful as a second browser.' },
  { key: 'chloe', id: 103, username: 'chloe', name: 'Chloé Lindqvist', email: 'chloe@example.org', role: 'learner', about: 'Learner. One more for a livelier list.' },
  { key: 'ines', id: 201, username: 'ines', name: 'Inés Duarte', email: 'ines@example.org', role: 'instructor', about: 'Instructor. Sees who took what, and how it went.' },
  { key: 'omar', id: 301, username: 'omar', name: 'Omar Haddad', email: 'omar@example.org', role: 'operator', about: 'Operator. Sees how the providers do and what is stuck.' },
]

/** The platform calls with full rights, as a publishing platform does. */
export const PLATFORM: Person = {
  key: 'platform', id: 1, username: 'demo-platform', name: 'Demo platform', email: 'platform@example.org', role: 'platform', about: '',
}

export const findPerson = (key: string): Person | undefined => PEOPLE.find(person => person.key === key)
export const isInstructor = (person: Person | null): boolean => person?.role === 'instructor'
