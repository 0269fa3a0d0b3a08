// @ts-check
import { defineProvider, Secret, Type } from 'invigil/provider'
import { createClient, isGone } from './client.js'
import { readReview } from './review.js'

/** @typedef {import('invigil/provider').AttemptIds} AttemptIds */
/** @typedef {import('invigil/provider').CallInfo} CallInfo */

/** What each method is for, when it is called and what it must answer: core/provider/contract.ts of invigil, or the types in your editor. */
export default defineProvider({
  // what the operator writes under `options`; a wrong or unknown key stops the start with words about it
  options: Type.Object({
    url: Type.String({ pattern: '^https?://', default: 'https://api.acme.example', description: 'root of the API' }),
    token: Secret({ description: 'our token at Acme Proctoring' }),
  }),
  worker: './worker.js',
  templates: './templates',
  locales: './locales',

  create ({ options, fetch }) {
    const { send } = createClient({ ...options, fetch })
    /** @param {string} id */
    const pathOf = id => `/sessions/${encodeURIComponent(id)}`

    /** Something that happened to a session. Repeated by the core until it arrives. @param {'started' | 'submitted' | 'failed'} event */
    const report = event => async (/** @type {AttemptIds} */ { attemptExternalId: id }, /** @type {CallInfo} */ call) => {
      // null: the vendor never took this attempt in
      if (id) await send('POST', `${pathOf(id)}/${event}`, call)
    }

    return {
      verboseName: 'Acme Proctoring',
      techSupportEmail: 'support@acme.example',
      workerOptions: { appUrl: options.url },

      async registerAttempt (exam, context, call) {
        const { id } = await send('POST', '/sessions', call, {
          // the attempt code is a secret of the learner's: it identifies the registration, and is not sent
          key: await digest(context.attemptCode),
          body: { exam: exam.examName, minutes: context.timeLimitMins, practice: context.isSampleAttempt, learner: context.userId, name: context.fullName },
        })
        if (typeof id !== 'string') throw new Error(`expected the id of the new session; found ${typeof id}`)
        return { externalId: id }
      },

      startAttempt: report('started'),
      stopAttempt: report('submitted'),
      markAttemptError: report('failed'),

      async removeAttempt ({ attemptExternalId: id }, call) {
        if (id) await send('DELETE', pathOf(id), call).catch(error => { if (!isGone(error)) throw error })
        return true
      },

      async getAttempt ({ externalId: id }, call) {
        if (!id) return {}
        const { app_url: downloadUrl, steps } = await send('GET', pathOf(id), call)
        return {
          downloadUrl: typeof downloadUrl === 'string' ? downloadUrl : null,
          instructions: Array.isArray(steps) ? steps.map(String) : [],
        }
      },

      normaliseReview: async ({ body }) => readReview(body),
    }
  },
})

/** @param {string} text */
async function digest (text) {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex')
}
