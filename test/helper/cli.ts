import type { FastifyInstance } from 'fastify'
import { runCli } from '../../core/cli/run.ts'

export interface CliRun { code: number, out: string, err: string, json: <T = unknown>() => T }
export interface CliSurroundings { app?: FastifyInstance, env?: NodeJS.ProcessEnv, cwd?: string, signal?: AbortSignal, onProgress?: (text: string) => void }

/** Runs commands as an operator would, and keeps what they print. */
export function createCli ({ app, env = {}, cwd = process.cwd(), signal, onProgress }: CliSurroundings) {
  return async function invigil (...argv: string[]): Promise<CliRun> {
    const printed = { out: '', err: '' }
    const code = await runCli(argv, {
      env,
      cwd,
      stdout: { write: text => { printed.out += text } },
      stderr: { isTTY: onProgress !== undefined, write: text => { printed.err += text; onProgress?.(text) } },
      ...(app && { app }),
      ...(signal && { signal }),
    })
    return { ...printed, code, json: () => JSON.parse(printed.out) }
  }
}
