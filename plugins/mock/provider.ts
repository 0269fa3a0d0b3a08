import { normaliseStandardReview } from '@invigil/rest'
import { Type, defineProvider, type ProviderContext, type Static } from 'invigil/provider'

const Options = Type.Object({
  ready_after_ms: Type.Integer({ minimum: 0, maximum: 60_000, default: 1000, description: 'pause between registration and "ready"' }),
})

/** A vendor that always agrees: what it registers is ready a moment later, and any review in the standard body is taken. */
export default defineProvider({
  options: Options,
  worker: './worker.ts',
  create: context => ({
    verboseName: 'Mock Backend',
    registerAttempt: async (_exam, { attemptCode }) => {
      reportReadyLater(context, attemptCode)
      return { externalId: attemptCode }
    },
    removeAttempt: async () => true,
    getSoftwareDownloadUrl: async () => 'mockurl',
    normaliseReview: async ({ body }) => normaliseStandardReview(body),
  }),
})

function reportReadyLater ({ attempts, log, options }: ProviderContext<Static<typeof Options>>, externalId: string): void {
  const report = () => attempts.markReady(externalId)
    .catch((err: unknown) => log.error({ err, externalId }, 'the simulated check is done, but the attempt could not be marked ready'))
  // unref: a pending simulation must not hold up the end of the process
  setTimeout(report, options.ready_after_ms).unref()
}
