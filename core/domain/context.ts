import type { Clock } from '../clock.ts'
import type { Config, Settings } from '../config/schema.ts'
import type { Database, Sql } from '../db/sql.ts'
import type { SqlEntityManager } from '../db/orm.ts'
import type { LmsServices } from '../lms/services.ts'
import type { ProviderLog } from '../provider/contract.ts'
import type { LoadedProvider, ProviderRegistry } from '../provider/registry.ts'
import type { Effect } from './effect.ts'

/** What use cases are given; made once in `core/app.ts`. */
export interface DomainContext {
  db: Database
  /** A fresh entity manager: one per use case. */
  em (): SqlEntityManager
  providers: ProviderRegistry
  lms: LmsServices
  clock: Clock
  settings: Settings
  platform: Config['lms']
  urls: {
    /** Root of the learning platform, e.g. `https://lms.example.org`. */
    lmsHost: string
    /** Where a vendor's secure browser opens an attempt. */
    launch (attemptCode: string): string
    /** The provider's worker script, absolute; '' when it has none. */
    worker (provider: LoadedProvider): string
    /** The exam's section at the platform. */
    jumpTo (courseId: string, contentId: string): string
    progress (courseId: string): string
    passwordAssistance: string
    /** The vendor's dashboard of an exam, opened at one attempt. */
    instructorDashboard (courseId: string, examId: number, attemptExternalId: string | null): string
  }
  log: ProviderLog
  /** Writes effects as outbox rows in the caller's transaction. */
  enqueue (tx: Sql, effects: readonly Effect[], requestId: string | null): Promise<void>
  /** Upper-case UUID. */
  newAttemptCode (): string
}
