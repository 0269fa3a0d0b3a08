import { findNearest } from '../provider/nearest.ts'
import type { Command } from './command.ts'

const normal = (words: readonly string[]): string => words.join(' ').replaceAll('-', '_')

/** The command the first words name, the longest name first; `set-attempt-status` is `set_attempt_status`. */
export function findCommand (commands: readonly Command[], argv: readonly string[]): { command: Command, rest: readonly string[] } | null {
  for (const length of [2, 1]) {
    const name = normal(argv.slice(0, length))
    const command = commands.find(candidate => normal([candidate.name]) === name)
    if (command && argv.length >= length) return { command, rest: argv.slice(length) }
  }
  return null
}

/** What may have been meant, as a sentence. */
export function nearestCommand (commands: readonly Command[], argv: readonly string[]): string {
  const word = normal(argv.slice(0, 1))
  const firstWords = [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? ''))]
  const meant = firstWords.includes(word) ? word : findNearest(word, firstWords)
  const group = commands.map(({ name }) => name).filter(name => name === meant || name.startsWith(`${meant} `))
  return group.length > 0 ? ` Did you mean ${group.join(', ')}?` : ''
}
