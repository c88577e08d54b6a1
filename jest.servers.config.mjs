import base, { code } from './jest.config.mjs';

/** What needs a server that not everybody has: MongoDB, Redis. @type {import('jest').Config} */
export default { ...base, projects: [{ ...code, testMatch: ['<rootDir>/server/**/*.{mongo,redis}.test.ts'], testPathIgnorePatterns: ['/node_modules/'] }] };
