import type { Difference } from '../comparison.ts'
import type { Captures } from '../placeholders.ts'
import type { World } from '../world.ts'

/** One of the expectations must hold; its captures stay. When none does, the first one's difference tells why. */
export function firstHeld<E> (expectations: E[], world: Pick<World, 'captures'>, compare: (expected: E, captures: Captures) => Difference | null): Difference | null {
  let first: Difference | null = null
  for (const expected of expectations) {
    const captures = new Map(world.captures)
    const difference = compare(expected, captures)
    if (difference === null) {
      for (const [name, value] of captures) world.captures.set(name, value)
      return null
    }
    first ??= difference
  }
  return first
}
