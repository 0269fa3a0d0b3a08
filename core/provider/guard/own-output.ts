import { currentScope, runAsHost, type ProviderScope } from './scope.ts'

/** Lines a provider may print in a while; after that they are counted only. */
const MAX_LINES = 100
const WINDOW_MS = 10_000
const MAX_LINE = 2_000

type Write = typeof process.stdout.write

interface Tally { since: number, lines: number, dropped: number }

/**
 * What code of a provider prints goes to the host's log, in its name, without its secrets and with an end: stdout and stderr belong to the operator.
 * Answers how to undo it.
 */
export function takeOutput (now: () => number): () => void {
  const tallies = new WeakMap<ProviderScope, Tally>()
  const print = (scope: ProviderScope, text: string) => runAsHost(() => printSome(scope, text, getTally(tallies, scope, now())))
  const undo = [process.stdout, process.stderr].map(stream => redirect(stream, print))
  return () => { for (const restore of undo) restore() }
}

function redirect (stream: NodeJS.WriteStream, print: (scope: ProviderScope, text: string) => void): () => void {
  const write: Write = stream.write
  const redirected = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const scope = currentScope()
    if (!scope) return Reflect.apply(write, stream, [chunk, ...rest])
    print(scope, typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))
    const done = rest.at(-1)
    if (typeof done === 'function') queueMicrotask(() => done())
    return true
  }
  Object.defineProperty(stream, 'write', { value: redirected, configurable: true, writable: true })
  return () => { Object.defineProperty(stream, 'write', { value: write, configurable: true, writable: true }) }
}

function getTally (tallies: WeakMap<ProviderScope, Tally>, scope: ProviderScope, now: number): Tally {
  const known = tallies.get(scope)
  if (known && now - known.since < WINDOW_MS) return known
  if (known && known.dropped > 0) scope.print(`${known.dropped} more lines were printed and left out`)
  const fresh = { since: now, lines: 0, dropped: 0 }
  tallies.set(scope, fresh)
  return fresh
}

function printSome (scope: ProviderScope, text: string, tally: Tally): void {
  for (const line of text.split('\n', MAX_LINES + 1).filter(line => line.trim() !== '')) {
    if (++tally.lines <= MAX_LINES) scope.print(line.slice(0, MAX_LINE))
    else if (tally.dropped++ === 0) scope.print(`more than ${MAX_LINES} lines within ${WINDOW_MS / 1000} s; the rest is left out`)
  }
}
