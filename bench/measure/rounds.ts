import { spreadOf, type Spread } from './statistics.ts'

/** What one round of one side says, by the name of the figure. */
export type Sample = Readonly<Record<string, number>>
export type Side = () => Promise<Sample>

export interface Turns { rounds: number, warmUp: number }
export interface Compared { ours: Spread, beside: Spread, ratio: Spread }

/**
 * Runs two sides in turns, the first to go changing from pair to pair: a machine that grows slower or busier meanwhile is so for both. The
 * ratio is taken within each pair.
 */
export async function takeTurns (ours: Side, beside: Side, { rounds, warmUp }: Turns): Promise<[Sample, Sample][]> {
  const pairs: [Sample, Sample][] = []
  for (let round = -warmUp; round < rounds; round++) {
    const pair = round % 2 === 0 ? await inOrder(ours, beside) : swap(await inOrder(beside, ours))
    if (round >= 0) pairs.push(pair)
  }
  return pairs
}

async function inOrder (first: Side, second: Side): Promise<[Sample, Sample]> {
  const before = await first()
  return [before, await second()]
}

const swap = ([first, second]: [Sample, Sample]): [Sample, Sample] => [second, first]

/** @param better whether more or less of it is; 'growth': how many times the other ours is */
export function compare (pairs: readonly [Sample, Sample][], figure: string, better: 'more' | 'less' | 'growth'): Compared {
  const values = pairs.map(([ours, beside]) => [pick(ours, figure), pick(beside, figure)] as const)
  return {
    ours: spreadOf(values.map(([mine]) => mine)),
    beside: spreadOf(values.map(([, other]) => other)),
    ratio: spreadOf(values.map(([mine, other]) => better === 'less' ? other / mine : mine / other)),
  }
}

function pick (sample: Sample, figure: string): number {
  const value = sample[figure]
  if (value === undefined) throw new Error(`this round has no figure ${figure}`)
  return value
}
