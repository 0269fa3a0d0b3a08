import { defineConformance } from 'invigil/testkit'

/** Ready at once, so that its own report of readiness is part of every trial. */
export default defineConformance({ options: { ready_after_ms: 5 } })
