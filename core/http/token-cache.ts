import { LRUCache } from 'lru-cache'
import type { Caller } from './caller.ts'

/** A caller and the second until which the token proves it. */
export interface Identity { caller: Caller, exp: number }

export interface TokenCache {
  /** The caller of a token seen before and still valid; asked on every request, so it never waits. */
  peek (token: string): Caller | undefined
  /** Identifies a token; requests with the same new token wait for one identification. */
  load (token: string): Promise<Caller>
}

export interface TokenCacheOptions {
  max: number
  /** Real milliseconds: a token's lifetime does not follow the demo clock. */
  now: () => number
  identify (token: string): Promise<Identity>
}

export function createTokenCache ({ max, now, identify }: TokenCacheOptions): TokenCache {
  const known = new LRUCache<string, Identity>({ max })
  const pending = new Map<string, Promise<Caller>>()

  async function identifyAndKeep (token: string): Promise<Caller> {
    const identity = await identify(token)
    known.set(token, identity)
    return identity.caller
  }

  return {
    peek (token) {
      const identity = known.get(token)
      return identity !== undefined && identity.exp * 1000 > now() ? identity.caller : undefined
    },
    load (token) {
      const running = pending.get(token)
      if (running) return running
      const started = identifyAndKeep(token).finally(() => pending.delete(token))
      pending.set(token, started)
      return started
    },
  }
}
