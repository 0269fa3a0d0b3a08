import type { FastifyInstance } from 'fastify'
import { loadConfig } from '../config/load.ts'
import { describePackage } from '../package.ts'
import { COMMON, type Command, type CommandContext, type CommonValues, type ExitCode } from './command.ts'
import { commands } from './commands/index.ts'
import { explainFault, UsageError } from './faults.ts'
import { findCommand, nearestCommand } from './find-command.ts'
import { formatHelp, formatOverview } from './help.ts'
import { openHouse, type OpenHouse } from './house.ts'
import { createOutput, type TextSink } from './output.ts'
import { splitCommon } from './split-common.ts'

const HELP: readonly string[] = ['help', '--help', '-h']

export interface RunOptions {
  /** A running house to work in; without it one is opened and closed again. */
  app?: FastifyInstance
  env: NodeJS.ProcessEnv
  cwd: string
  stdout: TextSink
  stderr: TextSink
  /** Stops long work at the next good place. */
  signal?: AbortSignal
}

/** Runs one command of `invigil` and answers its exit code: 0 done, 1 not done, 2 not understood. Never throws. */
export async function runCli (argv: readonly string[], options: RunOptions): Promise<ExitCode> {
  try {
    return await runCommand(argv, options)
  } catch (error) {
    options.stderr.write(`${explainFault(error)}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

async function runCommand (argv: readonly string[], options: RunOptions): Promise<ExitCode> {
  const { stdout } = options
  const found = findCommand(commands, argv)
  if (!found) {
    stdout.write(`${answerWithoutCommand(argv)}\n`)
    return 0
  }
  const { command, rest } = found
  const { common, own } = splitCommon(COMMON, rest)
  if (common.help) {
    stdout.write(`${formatHelp(command)}\n`)
    return 0
  }
  return perform(command, own, common, options).catch(error => {
    if (error instanceof UsageError) error.message += ` See: invigil ${command.name} --help`
    throw error
  })
}

/** What there is to choose from, or that what was asked for is not there. */
function answerWithoutCommand (argv: readonly string[]): string {
  const [word] = argv
  if (word === '--version') return describePackage().version
  if (word === undefined || HELP.includes(word)) return formatOverview(commands)
  const group = commands.filter(({ name }) => name.startsWith(`${word} `))
  if (group.length > 0 && argv.slice(1).every(other => HELP.includes(other))) return formatOverview(group)
  throw new UsageError(`There is no command "${argv.slice(0, 2).join(' ')}".${nearestCommand(commands, argv)} See: invigil --help`)
}

/** The house is opened by the first that asks for it, and closed whatever happens. */
async function perform (command: Command, argv: readonly string[], common: CommonValues, options: RunOptions): Promise<ExitCode> {
  const { env, cwd, stdout, stderr } = options
  const out = createOutput(stdout, stderr, common.json)
  let opened: Promise<OpenHouse> | undefined
  const readConfig = () => loadConfig({ env, cwd, file: common.config })
  const open = async (): Promise<OpenHouse> => options.app
    ? { app: options.app, close: async () => {} }
    : openHouse(await readConfig(), { cwd, log: common.verbose ? stderr : null })
  const context: CommandContext = {
    out,
    env,
    cwd,
    signal: options.signal ?? new AbortController().signal,
    configFile: common.config,
    loadConfig: readConfig,
    async house () {
      const { app } = await (opened ??= open())
      return { app, domain: app.domain }
    },
  }
  try {
    const code = await command.run(context, argv)
    if (common.deliver) await deliver(context)
    return code
  } finally {
    out.progress('')
    await opened?.then(house => house.close(), () => {})
  }
}

async function deliver ({ house, out }: CommandContext): Promise<void> {
  const { app } = await house()
  const { delivered, failed } = await app.effects.drain()
  out.note(`Delivered ${delivered}${failed > 0 ? `, failed ${failed} (tried again later; see: invigil effects list)` : ''}.`)
}
