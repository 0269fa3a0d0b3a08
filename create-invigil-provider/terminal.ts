import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'

export interface Terminal {
  input: Readable & { isTTY?: boolean }
  output: Writable
  errors: Writable
}

/** What the person at the keyboard can mend; printed as it is. */
export class Impossible extends Error {}

export interface Question {
  text: string
  standard: string
  /** Why an answer will not do, or null. */
  check (answer: string): string | null
}

/** Asks until the answers will do; an empty answer is the standard one. */
export async function askAll<Name extends string> (questions: ReadonlyMap<Name, Question>, { input, output }: Terminal): Promise<Map<Name, string>> {
  const terminal = createInterface({ input, output })
  // not `question()`: it loses lines that come before it is called, as they do from a pipe
  const lines = terminal[Symbol.asyncIterator]()
  let isOpen = true
  terminal.once('close', () => { isOpen = false })
  const answers = new Map<Name, string>()
  try {
    for (const [name, question] of questions) answers.set(name, await ask(question))
    return answers
  } finally {
    terminal.close()
  }

  async function ask ({ text, standard, check }: Question): Promise<string> {
    output.write(`${text}\n`)
    terminal.setPrompt(`(${standard}) `)
    if (isOpen) terminal.prompt()
    const { value, done } = await lines.next()
    if (done) throw new Impossible('Nothing was written: the answers ended too early. Give them as arguments, or use --yes.')
    const answer = value.trim() || standard
    const fault = check(answer)
    if (fault === null) return answer
    output.write(`${fault}\n`)
    return ask({ text, standard, check })
  }
}
