/** Where the time comes from. Rules never read the machine's clock themselves. */
export interface Clock { now (): Date }

export const systemClock: Clock = Object.freeze({ now: () => new Date() })

/** A clock that can be frozen and moved; demo and test mode only. */
export interface DemoClock extends Clock {
  freeze (at: Date): void
  advance (seconds: number): void
  release (): void
  readonly isFrozen: boolean
}

export function createDemoClock (source: Clock = systemClock): DemoClock {
  let offsetMs = 0
  let frozenAt: Date | null = null
  return {
    now: () => frozenAt ? new Date(frozenAt) : new Date(source.now().getTime() + offsetMs),
    freeze (at) { frozenAt = new Date(at) },
    advance (seconds) {
      if (frozenAt) frozenAt = new Date(frozenAt.getTime() + seconds * 1000)
      else offsetMs += seconds * 1000
    },
    release () { frozenAt = null; offsetMs = 0 },
    get isFrozen () { return frozenAt !== null },
  }
}
