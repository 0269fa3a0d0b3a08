/** Makes what belongs to an object at the first question and answers it at every later one; it goes when the object goes. */
export function madeOnce<Key extends object, Made> (make: (key: Key) => Made): (key: Key) => Made {
  const known = new WeakMap<Key, { readonly made: Made }>()
  return key => {
    const entry = known.get(key) ?? { made: make(key) }
    known.set(key, entry)
    return entry.made
  }
}
