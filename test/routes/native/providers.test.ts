import t from 'tap'
import { addExam, ADA, asPerson, buildTestApp, SUE } from '../../helper/app.ts'
import { takeExam } from '../../helper/attempts.ts'

const URL = '/api/invigil/v1/providers'
const KEY = '0123456789abcdef0123456789abcdef'
interface Provider { name: string, state: string, attributes: Record<string, unknown>, capabilities: string[], faults: string[], queue: object, health: { circuit: string, counts: Record<string, number> } }

t.test('staff see what is loaded, what it can do and how it does', async t => {
  const app = await buildTestApp(t, {
    config: {
      providers: {
        default: 'mock',
        enabled: {
          mock: { package: '@invigil/mock', options: { ready_after_ms: 60_000, video_review_aes_key: KEY } },
          broken: { package: '@invigil/not-there', on_boot_failure: 'disable' },
          old: { retired: true },
        },
      },
    },
  })
  await takeExam(app, ADA, await addExam(app))
  const { status, body, text } = await asPerson(app, SUE)<{ providers: Provider[] }>('GET', URL)
  t.equal(status, 200)
  const [mock, broken, old] = body.providers
  t.match(mock, { name: 'mock', is_default: true, state: 'ready', package: '@invigil/mock', version: /^\d/, contract: /^1\./, faults: [] })
  t.match(mock?.attributes, { verbose_name: 'Mock Backend', supports_onboarding: false, video_review_aes_key: 'set' })
  t.notMatch(text, new RegExp(KEY), 'secrets stay inside')
  t.same(mock?.capabilities, ['registerAttempt', 'removeAttempt', 'getSoftwareDownloadUrl', 'normaliseReview'])
  t.match(mock?.health, { circuit: 'closed', counts: { ok: Number, failed: 0 } })
  t.ok((mock?.health.counts.ok ?? 0) > 0)
  t.match(mock?.queue, { pending: Number, dead: 0 })
  t.match(broken, { state: 'disabled', capabilities: [], faults: [/@invigil\/not-there/] })
  t.match(old, { state: 'retired', package: null })
})

t.test('what waits for a vendor is counted', async t => {
  const app = await buildTestApp(t)
  await takeExam(app, ADA, await addExam(app))
  const queue = async () => (await asPerson(app, SUE)<{ providers: Provider[] }>('GET', URL)).body.providers[0]?.queue
  t.match(await queue(), { pending: 3, dead: 0 }, 'the exam was saved, the attempt started and stopped')
  await app.effects.drain()
  t.same(await queue(), { pending: 0, dead: 0, oldest_pending_seconds: 0 })
})

t.test('nobody but global staff sees it', async t => {
  const app = await buildTestApp(t)
  t.equal((await asPerson(app, ADA)('GET', URL)).status, 403)
  t.equal((await asPerson(app, null)('GET', URL)).status, 401)
})
