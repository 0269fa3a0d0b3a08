import t from 'tap'
import { findFaults } from './kit.ts'

// Addresses of a provider's own, and what it does to attempts.
t.setTimeout(300_000)

findFaults(t, [
  { fixture: 'asks-attempts-at-start', fails: ['definition.no-early-attempts'] },
  { fixture: 'leaves-rejections', fails: ['methods.refused-reports'] },
  { fixture: 'routes-undescribed', fails: ['routes.schemas'] },
  { fixture: 'routes-throw-on-bad-input', fails: ['routes.bad-input'] },
  { fixture: 'routes-leave-rejections', fails: ['routes.unknown-attempts'] },
  { fixture: 'routes-hang-with-vendor', fails: ['routes.vendor-silent'] },
  { fixture: 'routes-pass-on-all', fails: ['routes.sizes'] },
  { fixture: 'routes-name-learners', fails: ['routes.learners'] },
  { fixture: 'routes-tell-secrets', fails: ['routes.secrets'] },
])
