const FORBIDDEN_IN_EXAM_NAMES = /[[\]<>#:|!?/'"*\\]/g
const NAMELESS = 'Proctored Exam'

/** The vendor takes ASCII only, without the characters its own files cannot have. */
export function examNameFor (examName: string): string {
  // what an accented letter decomposes into begins with the plain letter
  const ascii = [...examName.normalize('NFKD')].filter(character => character <= '\x7f').join('')
  return ascii.replace(FORBIDDEN_IN_EXAM_NAMES, '_') || NAMELESS
}

export function splitName (fullName: string): { firstName: string, lastName: string } {
  const [firstName = '', ...others] = fullName.split(' ')
  return { firstName, lastName: others.join(' ') }
}
