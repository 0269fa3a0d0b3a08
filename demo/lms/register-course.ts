import type { Config } from '../../core/config/schema.ts'
import { COURSE, EXAMS, registrationOf } from './course.ts'
import type { Invigil } from './invigil.ts'
import { PLATFORM } from './people.ts'

/** Publishes the demo course, as a platform does whenever an author saves it. Repeating it changes nothing. */
export async function registerDemoCourse (invigil: Invigil, providers: Config['providers']): Promise<void> {
  await invigil.as(PLATFORM).registerExams(COURSE.id, EXAMS.map(exam => registrationOf(exam, providers)))
}
