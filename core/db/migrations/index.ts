import type { MigrationObject } from '@mikro-orm/core'
import { Initial } from './0001-initial.ts'
import { CourseStaff } from './0002-course-staff.ts'
import { ListsOfAnySize } from './0003-lists-of-any-size.ts'

/** In the order they are run; listed by hand so that nothing is found by accident. */
export const migrations: MigrationObject[] = [
  { name: '0001-initial', class: Initial },
  { name: '0002-course-staff', class: CourseStaff },
  { name: '0003-lists-of-any-size', class: ListsOfAnySize },
]
