const swc = (options) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      ...options,
    },
    module: { type: 'es6' },
  },
];

const common = {
  rootDir: import.meta.dirname,
  roots: ['<rootDir>'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/data'],
};

/** @type {import('jest').Config} */
export const code = {
  ...common,
  displayName: 'code',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{server,schema,scripts,demo,client/src}/**/*.test.ts'],
  // These need a server of their own: `npm run test:postgres`, `npm run test:mongo`, `npm run test:redis`.
  testPathIgnorePatterns: ['/node_modules/', process.env.TEST_DATABASE_URL ? '\\.(mongo|redis)\\.test\\.ts$' : '\\.(postgres|mongo|redis)\\.test\\.ts$'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': swc({
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
    }),
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  globalSetup: '<rootDir>/scripts/jest-global-setup.mjs',
};

/**
 * Parts of the client in a browser's stead.
 * @type {import('jest').Config}
 */
const components = {
  ...common,
  displayName: 'components',
  testEnvironment: 'jsdom',
  testMatch: ['<rootDir>/client/src/**/*.test.tsx'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': swc({ parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } } }) },
  moduleNameMapper: {
    '\\.css$': '<rootDir>/scripts/jest-class-names.mjs',
    // Of its two forms the one that is a single file: the other one is five thousand, all of which each suite would read.
    '^@tabler/icons-react$': '<rootDir>/node_modules/@tabler/icons-react/dist/cjs/tabler-icons-react.cjs',
  },
  setupFiles: ['<rootDir>/scripts/jest-browser-gaps.mjs'],
};

/** @type {import('jest').Config} */
export default { projects: [code, components], testSequencer: '<rootDir>/scripts/longest-first.mjs', testTimeout: 30_000, maxWorkers: 2 };
