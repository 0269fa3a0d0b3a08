import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import fastify from 'fastify'
import t from 'tap'
import browserAssets from '../../core/http/browser-assets.ts'

async function buildSite () {
  const app = fastify()
  t.teardown(() => app.close())
  await app.register(browserAssets)
  return app
}
const app = await buildSite()
const references = [app.browserAssets.script('interstitials'), app.browserAssets.script('timer'), app.browserAssets.style('invigil')]

t.test('each file is served under its hash, for ever, to any origin, and matches its integrity', async t => {
  for (const { path, integrity } of references) {
    const answer = await app.inject(path)
    t.equal(answer.statusCode, 200)
    t.match(path, /^\/static\/invigil\/[a-z]+-[0-9a-f]{12}\.(js|css)$/)
    t.equal(`sha384-${createHash('sha384').update(answer.rawPayload).digest('base64')}`, integrity)
    t.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
    t.equal(answer.headers['access-control-allow-origin'], '*')
    t.match(answer.headers['content-type'], path.endsWith('.css') ? /^text\/css/ : /^text\/javascript/)
  }
})

t.test('the manifest names the present files and is not kept for long', async t => {
  const answer = await app.inject('/static/invigil/manifest.json')
  const [interstitials, timer, invigil] = references
  t.same(answer.json(), { scripts: { interstitials, timer }, styles: { invigil } })
  t.equal(answer.headers['cache-control'], 'public, max-age=60')
})

t.test('the same sources give the same names in every process', async t => {
  const other = await buildSite()
  t.equal(other.browserAssets.script('timer').path, references[1]?.path)
})

t.test('pages stay light', async t => {
  for (const { path } of references) {
    const size = gzipSync((await app.inject(path)).rawPayload, { level: 9 }).length
    t.ok(size < 8000, `${path}: ${size} bytes compressed`)
  }
})
