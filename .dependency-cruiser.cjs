/** The walls of the house: imports point one way. Each rule's comment says why. */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', comment: 'a cycle means two files that are really one',
      from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    { name: 'models-know-nothing', severity: 'error', comment: 'entities are the bottom of the house',
      from: { path: '^core/models' }, to: { path: '^core/(?!models)' } },
    { name: 'domain-knows-no-http', severity: 'error', comment: 'use cases know neither Fastify nor routes nor pages',
      from: { path: '^core/domain/' }, to: { path: '^core/(routes|http|effects|app|server|cli|schemas)|node_modules/(fastify|@fastify/(?!error))' } },
    { name: 'only-the-door-imports-providers', severity: 'error', comment: 'a provider package is reached through core/provider only',
      from: { path: '^core' }, to: { path: '^plugins/' } },
    { name: 'plugins-see-the-contract-only', severity: 'error', comment: 'a provider must work with nothing but the published contract',
      from: { path: '^plugins/[^/]+/(?!test/)' }, to: { path: '^core/(?!provider/index|browser/worker|testkit)' } },
    { name: 'core-does-not-know-the-demo', severity: 'error', comment: 'the demo is a guest of the house',
      from: { path: '^core/(?!start)' }, to: { path: '^(demo|bench|test)/' } },
    { name: 'client-stands-alone', severity: 'error', comment: 'a platform that uses the client must not load the host with it',
      from: { path: '^core/client/' }, to: { path: '^core/(?!client/|effects/webhook-signature)|node_modules/(?!openapi-fetch)', dependencyTypesNot: ['type-only'] } },
    { name: 'no-undeclared', severity: 'error', comment: 'what is imported is declared',
      from: {}, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|fixtures)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
