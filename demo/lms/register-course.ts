import type { Config } from '../../core/config/schema.ts'
import { COURSE, EXAMS, registrationOf } from './course.ts'
import { detailOf, type Invigil } from './invigil.ts'
import { PLATFORM } from './people.ts'

/** Publishes the demo course, as a platform does whenever an author saves it. Repeating it changes nothing. */
export async function registerDemoCourse (invigil: Invigil, providers: Config['providers']): Promise<void> {
  const path = `/api/edx_proctoring/v1/proctored_exam/exam_registration/course_id/${encodeURIComponent(COURSE.id)}`
  const answer = await invigil(PLATFORM, { method: 'PATCH', path, body: EXAMS.map(exam => registrationOf(exam, providers)) })
  if (answer.status !== 200) throw new Error(`The demo course could not be registered. ${detailOf(answer)}`)
}
