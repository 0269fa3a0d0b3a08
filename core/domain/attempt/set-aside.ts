import { INV_CONFLICT } from '../../errors.ts'
import type { DomainContext } from '../context.ts'
import { archiveAttempt } from './archive.ts'
import { findById } from './store.ts'
import type { Actor } from './attempt.ts'

const TRIES = 3

/** Takes an attempt out of use here and at the vendor; what it caused at the platform stays. False: there is no such attempt in use. */
export async function setAside (ctx: DomainContext, attemptId: number, actor: Actor): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const record = await findById(ctx.db, attemptId)
    if (!record) return false
    try {
      await ctx.db.transaction(tx => archiveAttempt(ctx, tx, record, actor))
      return true
    } catch (error) {
      if (!(error instanceof INV_CONFLICT) || attempt === TRIES) throw error
    }
  }
}
