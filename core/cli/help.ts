import { COMMON, type CommandFacts } from './command.ts'
import type { OptionSpec, OptionTable } from './options.ts'

/** All commands by the first word of their names. */
export function formatOverview (commands: readonly CommandFacts[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  return [
    'Usage: invigil <command> [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'invigil <command> --help tells more. Exit codes: 0 done, 1 not done, 2 not understood.',
  ].join('\n')
}

export function formatHelp ({ name, summary, description, positionals, options }: CommandFacts): string {
  const words = Object.entries(positionals).map(([word, spec]) => spec.required ? word.toUpperCase() : `[${word.toUpperCase()}]`)
  return [
    ['Usage: invigil', name, ...words, '[options]'].join(' '),
    '',
    `${summary}.`,
    ...(description ? ['', description] : []),
    ...section('Values', positionals, word => word.toUpperCase()),
    ...section('Options', options, dashed),
    ...section('Always', COMMON, dashed),
  ].join('\n')
}

function section (title: string, table: OptionTable, head: (name: string, spec: OptionSpec) => string): string[] {
  const rows = Object.entries(table).map(([name, spec]) => [head(name, spec), describe(spec)] as const)
  if (rows.length === 0) return []
  const width = Math.max(...rows.map(([left]) => left.length))
  return ['', `${title}:`, ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)]
}

function dashed (name: string, spec: OptionSpec): string {
  return `${spec.short ? `-${spec.short}, ` : '    '}--${name}${spec.kind === 'flag' ? '' : ` ${spec.value}`}`
}

function describe (spec: OptionSpec): string {
  const notes = [
    ...(spec.kind === 'text' && spec.choices ? [`one of ${spec.choices.join(', ')}`] : []),
    ...('default' in spec && spec.default !== undefined ? [`default ${spec.default}`] : []),
    ...(spec.required ? ['required'] : []),
  ]
  return notes.length > 0 ? `${spec.help} (${notes.join('; ')})` : spec.help
}
