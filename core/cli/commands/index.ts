import type { Command } from '../command.ts'
import attemptStatus from './attempt-status.ts'
import attempts from './attempts.ts'
import conformance from './conformance.ts'
import doctor from './doctor.ts'
import effects from './effects.ts'
import exams from './exams.ts'
import migrate from './migrate.ts'
import obscureUserIds from './obscure-user-ids.ts'
import providers from './providers.ts'
import resetAttempts from './reset-attempts.ts'
import reviewStatus from './review-status.ts'
import reviews from './reviews.ts'
import staff from './staff.ts'
import start from './start.ts'
import users from './users.ts'

/** Every command, in the order help lists them. */
export const commands: readonly Command[] = [
  ...start,
  ...migrate,
  ...doctor,
  ...providers,
  ...conformance,
  ...exams,
  ...attempts,
  ...reviews,
  ...effects,
  ...users,
  ...staff,
  ...attemptStatus,
  ...reviewStatus,
  ...resetAttempts,
  ...obscureUserIds,
]
