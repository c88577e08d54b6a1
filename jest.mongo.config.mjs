import base from './jest.config.mjs';

/** @type {import('jest').Config} */
export default { ...base, testMatch: ['<rootDir>/server/**/*.mongo.test.ts'], testPathIgnorePatterns: ['/node_modules/'] };
