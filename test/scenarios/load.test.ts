import { fileURLToPath } from 'node:url'
import t from 'tap'
import { loadBaseline, loadScenarios } from './load.ts'
import { unknownSettings } from './invigil/settings-map.ts'

const RECORDED = fileURLToPath(new URL('./recorded', import.meta.url))

const scenario = (id: string, changes: object) => JSON.stringify({ id, title: '', area: 'area', contract: [], settings: {}, actors: {}, steps: [], ...changes })
const faultsOf = (t: Tap, changes: object) => loadScenarios(t.testdir({ area: { 'x.json': scenario('x', changes) } })).faults
type Tap = Pick<typeof t, 'testdir'>

t.test('every step, matcher, channel and setting of the recorded scenarios is understood', async t => {
  const { scenarios, faults } = loadScenarios(RECORDED)
  t.strictSame(faults, [])
  t.equal(scenarios.length, 580)
  t.strictSame(unknownSettings(loadBaseline(RECORDED).settings), [])
})

t.test('scenarios are chosen by area and by id, with * for any text', async t => {
  const ids = (choice: object) => loadScenarios(RECORDED, choice).scenarios.map(({ id }) => id)
  t.ok(ids({ area: 'rpnow' }).length > 5)
  t.strictSame(ids({ only: 'rpnow-vector-signature' }), ['rpnow-vector-signature'])
  t.ok(ids({ only: 'rpnow-*' }).every(id => id.startsWith('rpnow-')))
  t.strictSame(ids({ area: 'exams', only: 'rpnow-*' }), [])
})

t.test('what is not understood is a fault that says where', async t => {
  const http = { do: 'http', as: null, method: 'GET', path: '/api/x', expect: { status: 200 } }
  t.match(faultsOf(t, { steps: [{ do: 'sing' }] }), [/area\/x.json step 1: "sing" is no step/])
  t.match(faultsOf(t, { steps: [http, { ...http, speed: 1 }] }), [/step 2.speed/, /step 2: must not have additional/])
  t.match(faultsOf(t, { steps: [{ ...http, expect: { status: { $between: [1, 2] } } }] }), [/"\$between" is no matcher/])
  t.match(faultsOf(t, { steps: [{ ...http, expect: { status: { $type: 'integer' } } }] }), [/"integer" is no type/])
  t.match(faultsOf(t, { steps: [{ ...http, expect: { status: 200, body: { $type: 'int', other: 1 } } }] }), [/"other" is no matcher/])
  t.match(faultsOf(t, { steps: [{ do: 'expect', phone_calls: [] }] }), [/step 1/])
  t.match(faultsOf(t, { steps: [{ do: 'expect', events: [{ name: 'a', payload: {}, colour: 1 }] }] }), [/"colour" is not known/])
  t.match(faultsOf(t, { settings: { ALLOW_ALL: true } }), [/setting "ALLOW_ALL" is not known/])
  t.match(faultsOf(t, { steps: [{ do: 'settings', set: { ALLOW_ALL: true } }] }), [/setting "ALLOW_ALL" is not known/])
  t.strictSame(faultsOf(t, { settings: { SOFTWARE_SECURE_CLIENT_TIMEOUT: 5 } }), [], 'what the original reads nowhere may be set')
  t.match(faultsOf(t, { id: 'y' }), [/does not fit the name/])
  t.match(loadScenarios(t.testdir({ area: { 'x.json': '{' } })).faults, [/no JSON/])
})
