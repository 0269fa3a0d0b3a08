import type { Test } from 'tap'
import { createDemoClock } from '../../core/clock.ts'
import type { Database } from '../../core/db/sql.ts'
import type { Effect } from '../../core/domain/effect.ts'
import { buildEffectsApp, type EffectsApp } from '../helper/effects-app.ts'
import type { Receiver } from '../helper/receiver.ts'

export const hook = (url: string) => ({ url, secret: 'whsec_c2VjcmV0', events: ['*'] })

export const note = (text: string, subject = 'attempt:41'): Effect => ({ kind: 'event', subject, name: text, context: {}, payload: {} })

export interface Event { id: string, type: string, subject: string }
export const events = ({ received }: Receiver): Event[] => received.map(({ json }) => json as Event) // our own webhook bodies
export const types = (receiver: Receiver): string[] => events(receiver).map(({ type }) => type)

export async function send ({ db, app }: Pick<EffectsApp, 'db' | 'app'>, ...effects: Effect[]): Promise<void> {
  await db.transaction(tx => app.effects.enqueue(tx, effects))
}

export async function states (db: Database): Promise<string[]> {
  const rows = await db.query<{ state: string }>({ name: 'test-states', text: 'select state from effect order by id' }, [])
  return rows.map(({ state }) => state)
}

export async function sql (db: Database, text: string): Promise<Record<string, unknown>[]> {
  return db.query({ name: `test-${text.length}-${text.slice(0, 30)}`, text }, [])
}

/** An app whose clock stands still, so that retries come only when a test says so. */
export async function buildWithClock (t: Test, url: string, options: Partial<Parameters<typeof buildEffectsApp>[1]> = {}) {
  const clock = createDemoClock()
  clock.freeze(new Date('2030-01-01T00:00:00Z'))
  const built = await buildEffectsApp(t, { url, clock, deliver: false, ...options, config: { demo: { clock: true }, ...options.config } })
  return { ...built, clock }
}
