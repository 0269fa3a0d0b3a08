import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { createDemoClock, type DemoClock } from '../../../core/clock.ts'
import type { Config } from '../../../core/config/schema.ts'
import type { JsonObject } from '../json.ts'
import type { Stubs } from '../stubs/index.ts'
import { configure } from './configure.ts'

/** Where `buildApp` lives. */
const APP = new URL('../../../core/app.ts', import.meta.url)
interface AppModule { buildApp (options: { config: Config, clock: DemoClock }): Promise<FastifyInstance> }

/** A real Invigil on a port of its own, with a clock that commands share. */
export interface RunningInvigil {
  readonly port: number
  readonly config: Config
  readonly clock: DemoClock
  /** The same database under another configuration. */
  restart (settings: JsonObject): Promise<void>
  stop (): Promise<void>
}

export async function startInvigil (settings: JsonObject, stubs: Stubs, databaseUrl: string): Promise<RunningInvigil> {
  const clock = createDemoClock()
  const { buildApp }: AppModule = await import(APP.href)
  const open = async (current: JsonObject) => {
    const config = configure(current, stubs, databaseUrl)
    const app = await buildApp({ config, clock })
    await app.listen({ port: 0, host: '127.0.0.1' })
    return { app, config, port: (app.server.address() as AddressInfo).port } // a TCP server that listens always has such an address
  }
  let running = await open(settings)
  return {
    clock,
    get port () { return running.port },
    get config () { return running.config },
    async restart (changed) {
      await running.app.close()
      running = await open(changed)
    },
    stop: () => running.app.close(),
  }
}
