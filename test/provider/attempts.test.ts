import t from 'tap'
import type { AttemptFacts, ProviderAttempts } from '../../core/provider/contract.ts'
import { defineProvider } from '../../core/provider/define-provider.ts'
import { guardAttempts } from '../../core/provider/own-attempts.ts'
import { currentScope, runAs, type ProviderScope } from '../../core/provider/guard/scope.ts'
import { Type } from '../../core/provider/index.ts'
import { createProviderAttempts } from '../../core/provider-attempts.ts'
import { attempt } from './facts.ts'
import { createLogLines, noAttempts } from './host.ts'

function open (attempts: Partial<ProviderAttempts> = {}) {
  const { log, lines } = createLogLines()
  return { attempts: guardAttempts({ ...noAttempts, ...attempts }, 'acme', log), lines }
}

/** Plugins are JavaScript: what they pass is anything. */
const pass = (method: (...args: never[]) => Promise<unknown>, ...args: unknown[]): Promise<unknown> => Reflect.apply(method, null, args)

t.test('what a provider passes is checked before anybody looks for it', async t => {
  const asked: unknown[] = []
  const { attempts } = open({
    find: async id => { asked.push(id); return null },
    receiveReview: async (id, body) => { asked.push([id, body]) },
    reportError: async (id, detail) => { asked.push([id, detail]) },
  })
  for (const id of [undefined, null, 7, {}, ['x']]) await t.rejects(pass(attempts.find, id), { code: 'INV_BAD_REQUEST', message: /external id: expected text/ })
  for (const id of ['', 'x'.repeat(256), 'a\0b']) await t.rejects(attempts.find(id), { code: 'INV_ATTEMPT_NOT_FOUND' })
  for (const body of [undefined, null, 'text', [1]]) await t.rejects(pass(attempts.receiveReview, 'x', body), { code: 'INV_BAD_REQUEST', message: /expected an object/ })
  await t.rejects(attempts.receiveReview('x', { text: 'x'.repeat(1_100_000) }), { code: 'INV_BAD_REQUEST', message: /at most 1048576 bytes/ })
  await t.rejects(attempts.receiveReview('x', { text: 'x'.repeat(6_000_000) }), { code: 'INV_BAD_REQUEST', message: /found more than 5000000 characters/ })
  await t.rejects(attempts.receiveReview('x', { text: 'a\0b' }), { code: 'INV_BAD_REQUEST', message: /null characters/ })
  await t.rejects(attempts.receiveReview('x', { get text () { throw new Error('got you') } }), { code: 'INV_BAD_REQUEST', message: /throws when it is read/ })
  await t.rejects(pass(attempts.reportError, 'x', { toString: () => 'x' }), { code: 'INV_BAD_REQUEST', message: /detail: expected text/ })
  t.same(asked, [])
  await attempts.reportError('x', `a\0${'b'.repeat(2_000)}`)
  t.same(asked, [['x', `a${'b'.repeat(999)}`]])
})

t.test('what it is given is frozen, and of the host\'s troubles it learns nothing', async t => {
  const facts: AttemptFacts = { ...attempt, exam: { ...attempt.exam } }
  const { attempts, lines } = open({
    find: async () => facts,
    markReady: async () => { throw new Error('connect ECONNREFUSED /var/run/postgres') },
  })
  const found = await attempts.find('x')
  t.ok(Object.isFrozen(found) && Object.isFrozen(found?.exam))
  const error: unknown = await attempts.markReady('x').then(() => null, thrown => thrown)
  t.match(error, { code: 'INV_ATTEMPTS_UNAVAILABLE', statusCode: 503, message: 'The attempts of provider "acme" cannot be asked for now; the host\'s log says why.' })
  t.match(lines(), [{ level: 50, provider: 'acme', err: { message: /ECONNREFUSED/ } }])
})

t.test('what the host does for a provider is done in the host\'s own name', async t => {
  const scope: ProviderScope = { provider: 'acme', package: 'acme', root: '/nowhere', blame: () => {}, print: () => {} }
  let during: unknown = 'not asked'
  const { attempts } = open({ find: async () => { during = currentScope(); return null } })
  const around = await runAs(scope, async () => {
    await attempts.find('x')
    return currentScope()
  })
  t.equal(during, undefined)
  t.equal(around, scope)
})

t.test('before the host has started there are no attempts, and that is said', async t => {
  const early = createProviderAttempts(() => undefined, 'acme')
  const asked: Promise<unknown>[] = [early.find('x'), early.markReady('x'), early.receiveReview('x', {}), early.reportError('x', 'y')]
  for (const ask of asked) {
    await t.rejects(ask, { code: 'INV_BAD_REQUEST', message: /The host has not started yet: ask for attempts in methods and routes/ })
  }
})

t.test('a route\'s handler is typed by its schemas, its options and its attempts', async t => {
  const definition = defineProvider({
    options: Type.Object({ limit: Type.Integer() }),
    create: () => ({ registerAttempt: async () => ({ externalId: null }) }),
    routes: (app, { options, attempts }) => {
      app.post('/hook', { config: { permission: 'vendor' }, schema: { body: Type.Object({ session: Type.String() }) } }, async ({ body, sender, call }) => {
        const found = await attempts.find(body.session.slice(0, options.limit))
        if (sender?.kind === 'learner') call.log.info({ userId: sender.userId })
        return { status: found?.status ?? null }
      })
    },
  })
  t.equal(definition.contract, '1.1.0')
  t.type(definition.routes, 'function')
})
