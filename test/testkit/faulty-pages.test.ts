import t from 'tap'
import { findFaults } from './kit.ts'

// What learners are shown.
t.setTimeout(300_000)

findFaults(t, [
  { fixture: 'static-program', fails: ['static.types'] },
  { fixture: 'template-broken', fails: ['templates.parse'] },
  { fixture: 'template-misnamed', fails: ['templates.known-names'] },
  { fixture: 'template-unknown-variable', fails: ['templates.variables'] },
  { fixture: 'template-with-script', fails: ['templates.no-inline'] },
  { fixture: 'template-with-raw-html', fails: ['templates.escaped'] },
  { fixture: 'template-without-start', fails: ['templates.actions'] },
  { fixture: 'locale-unknown-key', fails: ['locales.keys'] },
])
