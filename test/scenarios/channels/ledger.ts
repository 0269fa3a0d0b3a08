import type { ChannelName } from '../schema.ts'
import type { Stubs } from '../stubs/index.ts'

export type Recorded = Readonly<Partial<Record<ChannelName, unknown[]>>>

interface Entry { byItself: boolean, recorded: Recorded }

/**
 * What left Invigil since the last look, with a mark on what it did by itself when time passed. The original does such things only when
 * somebody looks at the attempt, so its recordings may have them later than they happen here.
 */
export interface Ledger {
  /** Moves what the stubs have received into the ledger. */
  collect (byItself?: boolean): void
  /** Takes everything out; answers it with and without what Invigil did by itself. */
  take (): Recorded[]
  /** Forgets all but what Invigil did by itself. */
  skip (): void
}

export function createLedger (stubs: Stubs): Ledger {
  let entries: Entry[] = []
  const collect = (byItself = false) => { entries.push({ byItself, recorded: takeFrom(stubs) }) }
  return {
    collect,
    take () {
      collect()
      const all = join(entries)
      const asked = join(entries.filter(entry => !entry.byItself))
      entries = []
      return [all, asked]
    },
    skip () {
      collect()
      entries = entries.filter(entry => entry.byItself)
    },
  }
}

function takeFrom ({ lms, vendors, mail, webhooks }: Stubs): Recorded {
  return {
    vendor_calls: vendors.takeCalls(),
    token_calls: vendors.takeTokenCalls(),
    service_calls: lms.takeCalls(),
    service_queries: lms.takeQueries(),
    emails: mail.takeEmails(),
    events: webhooks.takeEvents(),
    signals: webhooks.takeSignals(),
  }
}

function join (entries: Entry[]): Recorded {
  const result: Partial<Record<string, unknown[]>> = {}
  for (const { recorded } of entries) {
    for (const [name, rows] of Object.entries(recorded)) result[name] = [...result[name] ?? [], ...rows]
  }
  return result
}
