import { DELIVERY_KINDS, EFFECT_STATES } from '../../effects/kinds.ts'
import type { EffectView } from '../../effects/ledger.ts'
import { snakeKeys } from '../../snake-case.ts'
import { defineCommand, type House } from '../command.ts'
import { CommandFault, UsageError } from '../faults.ts'
import { noteNextPage, PAGE_OPTIONS } from '../pages.ts'

const KIND = { kind: 'text', value: 'KIND', choices: DELIVERY_KINDS, help: 'of this family' } as const

const list = defineCommand({
  name: 'effects list',
  summary: 'List what has to leave the house, newest first',
  options: {
    state: { kind: 'text', value: 'STATE', choices: EFFECT_STATES, help: 'in this state' },
    kind: KIND,
    provider: { kind: 'text', value: 'NAME', help: 'for this provider' },
    subject: { kind: 'text', value: 'SUBJECT', help: 'about this, e.g. attempt:41' },
    ...PAGE_OPTIONS,
  },
  async run ({ house, out }, { state, kind, provider, subject, before, limit }) {
    const { app } = await house()
    const found = await app.effects.list({ limit, ...(state && { state }), ...(kind && { kind }), ...(provider && { provider }), ...(subject && { subject }), ...(before && { before }) })
    out.table(found.map(effectRow), found.map(snakeKeys))
    noteNextPage(out, found.map(({ id }) => id), limit)
  },
})

const retry = defineCommand({
  name: 'effects retry',
  summary: 'Send a dead or waiting effect again now',
  positionals: { id: { kind: 'integer', value: 'ID', help: 'the effect' } },
  options: {
    dead: { kind: 'flag', help: 'every dead one instead' },
    kind: { ...KIND, help: 'with --dead: of this family only' },
    provider: { kind: 'text', value: 'NAME', help: 'everything instead that was given up or waits for this provider' },
  },
  async run ({ house, out }, { id, dead, kind, provider }) {
    if ([id !== undefined, dead, provider !== undefined].filter(Boolean).length !== 1) throw new UsageError('Say one of these: which effect, --dead for every dead one, or --provider for all of one provider.')
    const found = await house()
    if (provider !== undefined) {
      const count = await found.app.effects.retryForProvider(provider)
      return out.say(`${count === 1 ? 'One effect is' : `${count} effects are`} due now.`, { retried: count })
    }
    const retried = id === undefined ? await retryDead(found, kind) : [await retryOne(found, id)]
    out.say(`${retried.length === 1 ? 'One effect is' : `${retried.length} effects are`} due now.`, retried.map(snakeKeys))
  },
})

const counts = defineCommand({
  name: 'effects counts',
  summary: 'Count what waits and what was given up',
  async run ({ house, out }) {
    const { app } = await house()
    const { pending, dead, oldestPendingSeconds } = await app.effects.counts()
    out.fields({ waiting: pending, dead, 'oldest waits (seconds)': Math.round(oldestPendingSeconds) }, { pending, dead, oldest_pending_seconds: oldestPendingSeconds })
  },
})

const deliver = defineCommand({
  name: 'effects deliver',
  summary: 'Send everything that is due now, from this process',
  async run ({ house, out }) {
    const { app } = await house()
    const result = await app.effects.drain()
    out.say(`Delivered ${result.delivered}, failed ${result.failed}.`, result)
    return result.failed > 0 ? 1 : 0
  },
})

export default [list, retry, counts, deliver]

async function retryOne ({ app }: House, id: number): Promise<EffectView> {
  const effect = await app.effects.retry(id)
  if (!effect) throw new CommandFault(`There is no effect ${id} that could be sent again: it is unknown or was delivered.`)
  return effect
}

/** Page by page from the newest, so that one that dies again meanwhile is not met twice. */
async function retryDead ({ app }: House, kind: EffectView['kind'] | undefined): Promise<EffectView[]> {
  const retried: EffectView[] = []
  for (let before: number | undefined; ;) {
    const page = await app.effects.list({ state: 'dead', limit: 200, ...(kind && { kind }), ...(before && { before }) })
    for (const { id } of page) {
      const effect = await app.effects.retry(id)
      if (effect) retried.push(effect)
    }
    before = page.at(-1)?.id
    if (before === undefined) return retried
  }
}

function effectRow ({ id, subject, what, state, tries, createdAt, dueAt, deliveredAt, lastError }: EffectView) {
  return { id, subject, what, state, tries, created: createdAt, 'due or delivered': deliveredAt ?? dueAt, error: lastError }
}
