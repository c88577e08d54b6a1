import base from './jest.config.mjs';

/** What needs a server that not everybody has: MongoDB, Redis. @type {import('jest').Config} */
export default { ...base, testMatch: ['<rootDir>/server/**/*.{mongo,redis}.test.ts'], testPathIgnorePatterns: ['/node_modules/'] };
