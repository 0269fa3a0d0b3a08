import { defineGroup } from '../check.ts'

/** Own routes of a provider (`routes` in its definition). The checks follow with that part of the contract. */
export default defineGroup<null>({
  id: 'routes',
  title: 'own routes',
  about: 'Nothing is checked here yet.',
  open: async () => ({ subject: null }),
  checks: [],
})
