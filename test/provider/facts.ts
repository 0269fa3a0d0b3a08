import { attemptFacts, examFacts, registrationFacts } from '../../core/testkit/bench/facts.ts'

/** Facts as the host hands them over. */
export const exam = examFacts({ examName: 'good' })
export const registration = registrationFacts({ attemptCode: 'A' })
export const attempt = attemptFacts({ attemptCode: 'A', externalId: 'vendor-7', exam })
export const ids = { examExternalId: 'exam-1', attemptExternalId: 'vendor-7' }
