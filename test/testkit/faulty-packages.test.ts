import t from 'tap'
import { findFaults } from './kit.ts'

// What is wrong with a package and its options is found before anything is asked of it.
t.setTimeout(300_000)

findFaults(t, [
  { fixture: 'no-peer-dependency', fails: ['manifest.peer-dependency'] },
  { fixture: 'install-script', fails: ['manifest.install-scripts'] },
  { fixture: 'unpublished-entry', fails: ['manifest.published'] },
  { fixture: 'unmarked-secret', fails: ['definition.secrets-marked'] },
  { fixture: 'undescribed-option', fails: ['definition.option-descriptions'] },
  { fixture: 'open-options', fails: ['definition.unknown-option'] },
  { fixture: 'asks-at-start', fails: ['definition.quiet-start'] },
])
