import { syncBuiltinESMExports } from 'node:module'
import { findCulprit } from './scope.ts'

/** What ends the whole process, every learner's exam with it. */
const ENDINGS = ['exit', 'reallyExit', 'abort', 'kill'] as const
type Ending = typeof ENDINGS[number]

/** Refuses providers what only the host may do: the call throws, and it is known whose it was. Answers how to undo it. */
export function keepProcess (): () => void {
  const undo = ENDINGS.map(guard)
  // for `import { exit } from 'node:process'`
  syncBuiltinESMExports()
  return () => {
    for (const restore of undo) restore()
    syncBuiltinESMExports()
  }
}

function guard (name: Ending): () => void {
  const before = Reflect.getOwnPropertyDescriptor(process, name)
  const original: unknown = Reflect.get(process, name)
  if (before === undefined || typeof original !== 'function') return () => {}
  const guarded = (...args: unknown[]): unknown => {
    const refusal = new Error(`process.${name}() was called; a provider may not end the process`)
    const culprit = name === 'kill' && Number(args[0]) !== process.pid ? undefined : findCulprit(refusal)
    if (!culprit) return Reflect.apply(original, process, args)
    culprit.blame(`process.${name}(${args.map(String).join(', ')}) was called and refused`, refusal)
    throw refusal
  }
  Object.defineProperty(process, name, { ...before, value: guarded })
  return () => { Object.defineProperty(process, name, before) }
}
