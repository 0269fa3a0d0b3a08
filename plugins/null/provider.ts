import { Type, defineProvider } from 'invigil/provider'

/** A vendor that is not there: attempts are proctored in name only, and removing one always succeeds. */
export default defineProvider({
  options: Type.Object({}),
  create: () => ({
    verboseName: 'Null Backend',
    registerAttempt: async () => ({ externalId: null }),
    removeAttempt: async () => true,
  }),
})
