import type { Config } from '../config/schema.ts'
import { createHttpLms } from './http.ts'
import { createNoLms } from './none.ts'
import type { LmsServices } from './services.ts'
import type { LmsClientOptions } from './client.ts'

export interface Lms { services: LmsServices, close (): Promise<void> }

const CACHE_TTL_MS = 5_000

/** The adapter the operator chose. With a demo clock nothing is cached: time may jump, and stubs change between two requests. */
export function createLms ({ lms, demo }: Pick<Config, 'lms' | 'demo'>, log: LmsClientOptions['log']): Lms {
  if (lms.adapter === 'none' || lms.services_url === null) return { services: createNoLms(), close: async () => {} }
  return createHttpLms({ servicesUrl: lms.services_url, token: lms.token, cacheTtlMs: demo.clock ? 0 : CACHE_TTL_MS, log })
}
