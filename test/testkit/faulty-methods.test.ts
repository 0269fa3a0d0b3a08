import t from 'tap'
import { findFaults } from './kit.ts'

// What a provider makes of its vendor, well and unwell.
t.setTimeout(300_000)

findFaults(t, [
  { fixture: 'mistyped-method', fails: ['methods.names'] },
  { fixture: 'same-id-for-all', fails: ['methods.registers-anew'] },
  { fixture: 'short-names-only', fails: ['methods.learners-names'] },
  { fixture: 'throws-on-repeated-removal', fails: ['methods.repeated-removal', 'faults.twice'] },
  { fixture: 'trusts-reviews', fails: ['methods.hostile-reviews'] },
  { fixture: 'own-network', fails: ['methods.context-fetch'] },
  { fixture: 'ignores-signal', fails: ['faults.silent', 'faults.stalled'] },
  { fixture: 'wrong-shape-on-500', fails: ['faults.500'] },
  { fixture: 'swallows-503', fails: ['faults.503'] },
  { fixture: 'registers-on-refusal', fails: ['faults.403', 'states.refused'], states: true },
])
