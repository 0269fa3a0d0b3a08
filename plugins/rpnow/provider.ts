import { defineProvider } from 'invigil/provider'
import { assertCryptoKey } from './exam-password.ts'
import { rpnowOptions } from './options.ts'
import { createRegistration } from './registration.ts'
import { normaliseReview } from './review.ts'
import { playableVideo } from './video.ts'

/** RPNow: attempts are registered, the rest happens in the vendor's secure browser until a review arrives. */
export default defineProvider({
  options: rpnowOptions,
  create: context => {
    const { crypto_key: cryptoKey, software_download_url: downloadUrl, verbose_name: verboseName } = context.options
    assertCryptoKey(cryptoKey)
    return {
      verboseName,
      passingStatuses: ['Clean', 'Rules Violation'],
      registerAttempt: createRegistration(context),
      // the vendor has no call for it: there is nothing to do and nothing can fail
      removeAttempt: async () => true,
      getSoftwareDownloadUrl: async () => downloadUrl,
      getConfiguration: async () => ({ download_url: downloadUrl, name: verboseName, rules: {}, instructions: [] }),
      normaliseReview: async review => normaliseReview(review),
      getInstructorUrl: async ({ videoReviewUrl }) => videoReviewUrl ? playableVideo(videoReviewUrl) : null,
      blocksContent: async ({ launchedBySecureBrowser }) => !launchedBySecureBrowser,
    }
  },
})
