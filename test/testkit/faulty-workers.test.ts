import t from 'tap'
import { findFaults } from './kit.ts'

// What runs in their browsers.
t.setTimeout(300_000)

findFaults(t, [
  { fixture: 'worker-without-answer', fails: ['worker.answers-ping'] },
  { fixture: 'worker-throws-on-undefined', fails: ['worker.bare-messages'] },
  { fixture: 'worker-calls-strangers', fails: ['worker.declared-origins'] },
  { fixture: 'worker-leaves-globals', fails: ['worker.globals'] },
])
