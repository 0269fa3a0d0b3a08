import t from 'tap'
import { findFaults } from './kit.ts'

// Where a secret must not be.
t.setTimeout(300_000)

findFaults(t, [
  { fixture: 'leaks-into-log', fails: ['leaks.log'] },
  { fixture: 'writes-to-console', fails: ['leaks.console'] },
  { fixture: 'secret-in-address', fails: ['leaks.addresses'] },
  { fixture: 'secret-in-answer', fails: ['leaks.answers'] },
])
