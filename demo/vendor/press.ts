import { REVIEW_WORDS, type ReviewWord, type Session } from './state.ts'
import type { Told } from './invigil-client.ts'
import type { Vendor } from './vendor.ts'

export const ACTIONS = ['ready', 'quit', ...REVIEW_WORDS] as const
export type Action = typeof ACTIONS[number]

/** Plays the vendor's people: what a button of the console does. */
export async function press (vendor: Vendor, session: Session, action: Action): Promise<Told> {
  if (action === 'quit') {
    session.appRunning = false
    return { ok: true, sentence: `The application of ${session.id} is closed.` }
  }
  return action === 'ready' ? sayReady(vendor, session) : sendReview(vendor, session, action)
}

async function sayReady ({ invigil }: Vendor, session: Session): Promise<Told> {
  const told = await invigil.ready(session.id)
  if (told.ok) Object.assign(session, { ready: true, appRunning: true })
  return told
}

async function sendReview ({ invigil, clock }: Vendor, session: Session, outcome: ReviewWord): Promise<Told> {
  const told = await invigil.review(session.id, outcome)
  if (told.ok) Object.assign(session, { outcome, outcomeAt: clock.now() })
  return told
}
