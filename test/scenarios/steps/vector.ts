import { ALGORITHMS } from '../invigil/vectors.ts'
import { match } from '../matcher.ts'
import type { StepOf } from '../schema.ts'
import type { StepRunner } from '../world.ts'

export const runVector: StepRunner<StepOf<'vector'>> = async ({ algorithm, input, expect }, { captures }) => {
  const difference = match(expect.output, ALGORITHMS[algorithm]?.(input), { captures }, 'output')
  return difference && { difference, came: `${algorithm}(${JSON.stringify(input)})` }
}
