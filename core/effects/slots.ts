/**
 * How many deliveries run at once in this process: few per destination, so that one that hangs does not hold back the others, and never all of
 * the workers, so that deadlines are kept whatever hangs.
 */
export interface Slots {
  /** Takes a slot, or says no. */
  take (destination: string): boolean
  give (destination: string): void
  /** Flags of jobs that need not be fetched now. */
  blockedFlags (): string[]
}

export function createSlots (limits: { total: number, perDestination: number }): Slots {
  const running = new Map<string, number>()
  let total = 0
  const isFull = (destination: string) => (running.get(destination) ?? 0) >= limits.perDestination
  return {
    take (destination) {
      if (total >= limits.total || isFull(destination)) return false
      running.set(destination, (running.get(destination) ?? 0) + 1)
      total++
      return true
    },
    give (destination) {
      const left = (running.get(destination) ?? 1) - 1
      if (left > 0) running.set(destination, left)
      else running.delete(destination)
      total--
    },
    blockedFlags () {
      if (total >= limits.total) return ['deliver']
      return [...running.keys()].filter(isFull).map(destination => `to:${destination}`)
    },
  }
}
