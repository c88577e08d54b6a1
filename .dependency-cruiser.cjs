/** The one way that data goes, and the order of the features. Never loosen a rule to pass: move the code. */
const featureOrder = ['auth', 'audit', 'providers', 'secrets', 'prompts', 'workflows', 'executions', 'triggers'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'client-knows-only-the-contract',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(server|schema|prisma|demo|bench)/' },
    },
    { name: 'server-does-not-know-the-client', severity: 'error', from: { path: '^(server|schema)/' }, to: { path: '^(client|demo|bench|e2e)/' } },
    { name: 'schema-knows-nothing', severity: 'error', from: { path: '^schema/' }, to: { path: '^server/' } },
    {
      name: 'only-stores-touch-prisma',
      severity: 'error',
      from: { path: '^(server|schema|demo|bench)/', pathNot: ['^server/database/', '\\.store\\.ts$', '-row\\.ts$', '\\.test\\.ts$'] },
      to: { path: '^(server/database/generated/|node_modules/@prisma/)' },
    },
    {
      name: 'resolvers-do-not-know-stores',
      severity: 'error',
      from: { path: '\\.resolver\\.ts$' },
      to: { path: '\\.store\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'a-feature-keeps-its-store',
      severity: 'error',
      from: { path: '^server/features/([^/]+)/' },
      to: { path: '^server/features/[^/]+/.*\\.store\\.ts$', pathNot: '^server/features/$1/', dependencyTypesNot: ['type-only'] },
    },
    ...featureOrder.slice(0, -1).map((feature, index) => ({
      name: `${feature}-does-not-know-later-features`,
      severity: 'error',
      from: { path: `^server/features/${feature}/`, pathNot: '\\.test\\.ts$' },
      to: { path: `^server/features/(${featureOrder.slice(index + 1).join('|')})/` },
    })),
    {
      name: 'only-jobs-know-agenda',
      severity: 'error',
      from: { pathNot: '^server/jobs/' },
      to: { path: '^node_modules/(agenda|@agendajs|mongodb)/' },
    },
    {
      name: 'only-the-composition-root-wires',
      severity: 'error',
      from: { path: '^server/', pathNot: ['^server/(main|app|servers)\\.ts$', '^server/wiring/', '^server/testing/', '\\.test\\.ts$'] },
      to: { path: '^server/(app|main|ground|servers|wiring/.*)\\.ts$' },
    },
    { name: 'tests-are-not-shipped', severity: 'error', from: { pathNot: ['\\.(test|contract)\\.ts$', '^server/testing/', '^(e2e|bench)/'] }, to: { path: '^server/testing/' } },
    { name: 'ui-knows-no-feature', severity: 'error', from: { path: '^client/src/ui/' }, to: { path: '^client/src/(features|gql)/' } },
    { name: 'no-undeclared-package', severity: 'error', from: {}, to: { dependencyTypes: ['unknown', 'npm-no-pkg', 'npm-unknown'] } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: ['/gql/', '^\\.\\./gql', 'generated'] } },
  ],
  options: {
    doNotFollow: { path: '^(node_modules|server/database/generated|client/src/gql)' },
    exclude: { path: '(^|/)(dist|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts'] },
  },
};
