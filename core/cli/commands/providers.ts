import { backlogByProvider } from '../../effects/backlog.ts'
import { viewProvider } from '../../provider/view.ts'
import { snakeKeys } from '../../snake-case.ts'
import { defineCommand } from '../command.ts'

const list = defineCommand({
  name: 'providers',
  summary: 'List the providers: package, version, contract, state, what waits for them, faults',
  description: 'Calls and circuits are those of the process that answers; of a running service they are at GET /api/invigil/v1/providers.',
  async run ({ house, out }) {
    const { app } = await house()
    const backlog = await backlogByProvider(app.db)
    const views = app.providers.list().map(provider => ({ ...viewProvider(provider, app.providers.defaultName), queue: backlog.get(provider.name) ?? { pending: 0, dead: 0 } }))
    const rows = views.map(({ name, isDefault, state, package: from, version, contract, health, queue }) => ({
      name, default: isDefault, state, package: from, version, contract, circuit: health.circuit, failed: health.counts.failed + health.counts.timeout, waiting: queue.pending, dead: queue.dead,
    }))
    out.table(rows, views.map(({ health, attributes, ...view }) => ({ ...snakeKeys(view), attributes: snakeKeys(attributes), health: snakeKeys(health) })))
    if (out.isJson) return
    for (const { faults, health } of views) {
      for (const fault of faults) out.note(fault)
      for (const { at, method, message } of health.lastErrors) out.note(`${at} ${method}: ${message}`)
    }
  },
})

export default [list]
