import { createQueries } from './queries.ts'
import type { LmsServices } from './services.ts'

/** No learning platform: every service is absent. */
export function createNoLms (): LmsServices {
  return {
    ...createQueries(async () => null),
    commands: { send: async () => 'absent', shouldOverrideGrade: async () => false },
  }
}
