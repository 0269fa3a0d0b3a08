/** What all code of a process shares; a change to it changes the host. */
const PROTOTYPES: readonly [string, object][] = [
  Object, Function, Array, String, Number, Boolean, Symbol, BigInt, Promise, RegExp, Date, Map, Set, WeakMap, WeakSet, Error, TypeError,
  ArrayBuffer, Uint8Array, URL, EventTarget, AbortSignal,
].map(made => [`${made.name}.prototype`, made.prototype])

/** Only what is there must stay: to add a function to these is what harmless libraries do. */
const NAMESPACES: readonly [string, object][] = [
  ['Object', Object], ['Function', Function], ['Array', Array], ['String', String], ['Number', Number], ['Promise', Promise], ['Date', Date], ['Error', Error],
  ['JSON', JSON], ['Math', Math], ['Reflect', Reflect], ['Buffer', Buffer],
]

/** Others are loaded at their first use, which is no change. */
const GLOBALS = [
  'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask', 'structuredClone', 'console', 'process', 'Buffer', 'URL',
  'Object', 'Function', 'Array', 'String', 'Number', 'Promise', 'RegExp', 'Date', 'Map', 'Set', 'WeakMap', 'Error', 'JSON', 'Math', 'Reflect', 'Symbol', 'Proxy',
]
const OF_PROCESS = ['exit', 'abort', 'kill', 'on', 'once', 'emit', 'removeAllListeners', 'nextTick', 'hrtime', 'cwd', 'chdir']

type Facts = ReadonlyMap<PropertyKey, PropertyDescriptor>
interface Watched { readonly name: string, readonly target: object, readonly facts: Facts, readonly isClosed: boolean }

export type Snapshot = readonly Watched[]

export function takeSnapshot (): Snapshot {
  return [
    ...PROTOTYPES.map(([name, target]) => ({ name, target, facts: readFacts(target, Reflect.ownKeys(target)), isClosed: true })),
    ...NAMESPACES.map(([name, target]) => ({ name, target, facts: readFacts(target, Reflect.ownKeys(target)), isClosed: false })),
    { name: 'globalThis', target: globalThis, facts: readFacts(globalThis, GLOBALS), isClosed: false },
    { name: 'process', target: process, facts: readFacts(process, OF_PROCESS), isClosed: false },
  ]
}

function readFacts (target: object, keys: readonly PropertyKey[]): Facts {
  return new Map(keys.flatMap(key => {
    const descriptor = Reflect.getOwnPropertyDescriptor(target, key)
    return descriptor ? [[key, descriptor] as const] : []
  }))
}

/** Puts back what was changed since the snapshot; answers what that was, in words. */
export function restore (snapshot: Snapshot): string[] {
  return snapshot.flatMap(watched => [...restoreChanged(watched), ...watched.isClosed ? removeAdded(watched) : []])
}

function restoreChanged ({ name, target, facts }: Watched): string[] {
  return [...facts].flatMap(([key, before]) => {
    const now = Reflect.getOwnPropertyDescriptor(target, key)
    if (now !== undefined && isSame(before, now)) return []
    const what = `${name}.${String(key)} was ${now ? 'replaced' : 'removed'}`
    return [Reflect.defineProperty(target, key, before) ? what : `${what} for good`]
  })
}

function removeAdded ({ name, target, facts }: Watched): string[] {
  return Reflect.ownKeys(target).filter(key => !facts.has(key)).map(key => {
    const what = `${name}.${String(key)} was added`
    return Reflect.deleteProperty(target, key) ? what : `${what} for good`
  })
}

function isSame (a: PropertyDescriptor, b: PropertyDescriptor): boolean {
  return Object.is(a.value, b.value) && a.get === b.get && a.set === b.set
}

const hostFetch = globalThis.fetch
const keysOfObjects = Reflect.ownKeys(Object.prototype).length

/** A look at what is changed most, cheap enough for every call. */
export const looksTampered = (): boolean => globalThis.fetch !== hostFetch || Reflect.ownKeys(Object.prototype).length !== keysOfObjects
