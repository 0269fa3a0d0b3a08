import type { FastifyInstance } from 'fastify'
import type { Config } from '../config/schema.ts'
import type { DomainContext } from '../domain/context.ts'
import { readArguments, type OptionSpec, type OptionTable, type Values } from './options.ts'
import type { Output } from './output.ts'

/** The house a command works in. */
export interface House { app: FastifyInstance, domain: DomainContext }

/** What a command is given. */
export interface CommandContext {
  readonly out: Output
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** Aborts when the reader presses Ctrl-C: stop at the next good place. */
  readonly signal: AbortSignal
  /** `--config` */
  readonly configFile: string | undefined
  loadConfig (): Promise<Config>
  /** The running house, or one opened for this command; the first call opens it. */
  house (): Promise<House>
}

/** How a command ended: nothing = well. */
export type ExitCode = 0 | 1 | 2
type Run<A> = (context: CommandContext, args: A) => Promise<ExitCode | void>

export interface CommandFacts {
  /** Words it is called by, e.g. `attempts list`. */
  name: string
  /** One line, for the list of commands. */
  summary: string
  /** More, for its own help. */
  description?: string
  positionals: OptionTable
  options: OptionTable
}

export interface Command extends CommandFacts {
  run (context: CommandContext, argv: readonly string[]): Promise<ExitCode>
}

/** Options every command takes. */
export const COMMON = {
  json: { kind: 'flag', help: 'print JSON, for scripts' },
  config: { kind: 'text', value: 'FILE', help: 'configuration file (else INVIGIL_CONFIG, else config/default.yaml)' },
  deliver: { kind: 'flag', help: 'send what is due before ending; else the running service does' },
  verbose: { kind: 'flag', help: 'log to standard error' },
  help: { kind: 'flag', short: 'h', help: 'show this' },
} as const satisfies OptionTable

export type CommonValues = Values<typeof COMMON>

interface Definition<P extends OptionTable, O extends OptionTable> extends Omit<CommandFacts, 'positionals' | 'options'> {
  positionals?: P
  options?: O
  run: Run<Values<P & O>>
}

/** Ties a command's words to its work: `run` gets the values already read and typed. */
export function defineCommand<const P extends OptionTable = Record<never, OptionSpec>, const O extends OptionTable = Record<never, OptionSpec>> ({ positionals, options, run, ...facts }: Definition<P, O>): Command {
  const grammar = { positionals: positionals ?? {} as P, options: options ?? {} as O } // without a table there are no names to give
  return {
    ...facts,
    ...grammar,
    run: async (context, argv) => await run(context, readArguments(grammar, argv)) ?? 0,
  }
}
