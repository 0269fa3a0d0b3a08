// @ts-check
import { defineConformance } from 'invigil/testkit'
import { createStubVendor } from './vendor/stub-vendor.js'

const WORDS = { passed: 'clean', suspicious: 'doubtful', violation: 'rules_broken', not_reviewed: 'not_watched' }

/** The program on the learner's computer, when all is well. The exam page is of another origin: CORS. */
const application = () => ({ fetch: () => Response.json({ watching: true }, { headers: { 'access-control-allow-origin': '*' } }) })

/** `npm run conformance`: the kit plays the core with your provider, and this stand-in plays your service. */
export default defineConformance({
  options: { url: 'https://vendor.test', token: 'a-secret-that-must-not-be-seen' },
  vendor: () => createStubVendor(),
  worker: { origins: ['https://vendor.test'], application },
  review: verdict => ({ verdict: WORDS[verdict], findings: [{ text: 'Looks away', at_seconds: 60, seconds: 5 }] }),
})
