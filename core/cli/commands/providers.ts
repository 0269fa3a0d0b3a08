import { reportProviders, type ProviderReport } from '../../operate/report.ts'
import { toldTroubles } from '../../operate/told.ts'
import { snakeKeys } from '../../snake-case.ts'
import { defineCommand, type House } from '../command.ts'
import { CommandFault } from '../faults.ts'
import type { Output } from '../output.ts'

const PROCESS = 'Calls and circuits are those of this command\'s own process; of the running service they are at /operate/providers and GET /api/invigil/v1/providers.'

const list = defineCommand({
  name: 'providers',
  summary: 'List the providers: package, version, contract, state, what waits for and depends on them, faults',
  description: PROCESS,
  async run ({ house, out }) {
    const { app } = await house()
    const { providers, missing } = await reportProviders(app)
    const rows = providers.map(({ name, isDefault, state, package: from, version, contract, health, queue, exams, liveAttempts }) => ({
      name, default: isDefault, state, package: from, version, contract, circuit: health.circuit, failed: health.counts.failed + health.counts.timeout, waiting: queue.pending, dead: queue.dead, exams, 'in exam': liveAttempts,
    }))
    out.table(rows, providers.map(asJson))
    if (out.isJson) return
    for (const { name, exams, liveAttempts } of missing) out.note(`${name} is not configured any more, and ${exams} active exams and ${liveAttempts} learners in an exam still name it. Put it back, or: ${name}: { retired: true }`)
    for (const provider of providers) noteTroubles(out, app, provider)
  },
})

const show = defineCommand({
  name: 'providers show',
  summary: 'Show all of one provider',
  description: PROCESS,
  positionals: { name: { kind: 'text', value: 'NAME', help: 'the provider', required: true } },
  async run ({ house, out }, { name }) {
    const { app } = await house()
    const { providers } = await reportProviders(app)
    const found = providers.find(provider => provider.name === name)
    if (!found) throw new CommandFault(`There is no provider "${name}"; there are: ${providers.map(provider => provider.name).join(', ') || 'none'}.`)
    const { health, queue, allowList, attributes, capabilities, ...rest } = found
    out.fields({
      name: rest.name,
      default: rest.isDefault,
      state: rest.state,
      package: rest.package && `${rest.package} ${rest.version ?? ''}`,
      contract: rest.contract,
      serves: [...allowList.organizations ?? [], ...allowList.courses ?? []].join(', ') || 'every course',
      can: capabilities.join(', '),
      'active exams': rest.exams,
      'learners in an exam': rest.liveAttempts,
      circuit: health.circuit,
      'calls that went well': health.counts.ok,
      'calls that failed': health.counts.failed + health.counts.timeout + health.counts.bad_answer,
      waiting: queue.pending,
      'oldest waits (seconds)': Math.round(queue.oldestPendingSeconds),
      dead: queue.dead,
      ...Object.fromEntries(Object.entries(snakeKeys(attributes)).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)])),
    }, asJson(found))
    if (!out.isJson) noteTroubles(out, app, found)
  },
})

export default [list, show]

function noteTroubles (out: Output, app: House['app'], { name, troubles, faults, health }: ProviderReport): void {
  for (const fault of faults) out.note(fault)
  for (const { what, todo } of toldTroubles(troubles.filter(({ code }) => code !== 'disabled'), app.renderer.translator(null, 'en'))) out.note(`${name}: ${what} ${todo}`)
  for (const { at, method, message } of health.lastErrors) out.note(`${at} ${method}: ${message}`)
}

function asJson ({ health, attributes, queue, allowList, troubles, ...view }: ProviderReport) {
  return { ...snakeKeys(view), serves: allowList, attributes: snakeKeys(attributes), health: snakeKeys(health), queue: snakeKeys(queue), troubles }
}
