import { defineConformance } from 'invigil/testkit'

export default defineConformance({ options: {} })
