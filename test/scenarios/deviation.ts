/** What a new service must do instead of the original; recorded/FORMAT.md §6. */
interface Deviation<E> { accept: 'new' | 'either', new: E }

/** The expectations of a step of which one must hold, in the order in which they are tried. */
export function acceptable<E> (step: { expect: E, deviation?: Deviation<E> }): E[] {
  const { expect: original, deviation } = step
  if (!deviation) return [original]
  return deviation.accept === 'new' ? [deviation.new] : [deviation.new, original]
}

/** In `expect` steps the new channels replace those of the same name, the others stay. */
export function acceptableChannels<C extends object> (original: C, deviation?: Deviation<C>): C[] {
  if (!deviation) return [original]
  const changed = { ...original, ...deviation.new }
  return deviation.accept === 'new' ? [changed] : [changed, original]
}
