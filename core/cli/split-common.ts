import type { CommonValues } from './command.ts'
import { readArguments, type OptionTable } from './options.ts'

/** Takes the options that every command has out of the words, wherever they stand; the others stay in their order. */
export function splitCommon (table: OptionTable & Record<keyof CommonValues, unknown>, argv: readonly string[]): { common: CommonValues, own: string[] } {
  const taken: string[] = []
  const own: string[] = []
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    const name = nameOf(table, word)
    if (name === undefined) own.push(word)
    else taken.push(word, ...(table[name]?.kind !== 'flag' && !word.includes('=') ? argv.slice(++at, at + 1) : []))
  }
  return { common: readArguments({ positionals: {}, options: table }, taken) as CommonValues, own } // the table is the one CommonValues is made from
}

function nameOf (table: OptionTable, word: string): string | undefined {
  return Object.entries(table).find(([name, { short }]) => word === `--${name}` || word.startsWith(`--${name}=`) || (short !== undefined && word === `-${short}`))?.[0]
}
