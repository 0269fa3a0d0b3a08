import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../../../core/app.ts'
import { assertStated, watchRefusals } from '../../helper/watch-refusals.ts'
import type { JsonObject } from '../json.ts'
import type { Stubs } from '../stubs/index.ts'
import { configure } from './configure.ts'

export interface Place {
  stubs: Stubs
  databaseUrl: string
  dataDir: string
  /** Where provider packages are looked for. */
  hostRoot: string
}

/** A real Invigil on a port of its own. */
export interface RunningInvigil {
  readonly port: number
  readonly app: FastifyInstance
  readonly place: Place
  /** The same database under another configuration. */
  restart (settings: JsonObject): Promise<void>
  stop (): Promise<void>
}

export async function startInvigil (settings: JsonObject, place: Place): Promise<RunningInvigil> {
  const newAttemptCode = attemptCodes(settings)
  const open = async (current: JsonObject) => {
    const { app, unexpected } = await watchRefusals(() => buildApp({ config: configure(current, place), databaseUrl: place.databaseUrl, hostRoot: place.hostRoot, newAttemptCode }))
    await app.listen({ port: 0, host: '127.0.0.1' })
    return {
      app,
      async close () {
        await app.close()
        assertStated(unexpected)
      },
    }
  }
  let running = await open(settings)
  return {
    place,
    get app () { return running.app },
    get port () { return (running.app.server.address() as AddressInfo).port }, // a TCP server that listens always has such an address
    async restart (changed) {
      await running.close()
      running = await open(changed)
    },
    stop: () => running.close(),
  }
}

/** The codes a scenario fixes come first, in their order. */
function attemptCodes ({ ATTEMPT_CODES: fixed }: JsonObject): () => string {
  const codes = Array.isArray(fixed) ? fixed.map(String) : []
  return () => codes.shift() ?? randomUUID().toUpperCase()
}
