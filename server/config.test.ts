import { expect, it } from '@jest/globals';
import { readConfig } from './config.js';
import { StartupError } from './errors.js';
import { testEncryptionKey, testJwtSecret } from './testing/auth-services.js';

const environment = { JWT_SECRET: testJwtSecret, ENCRYPTION_KEY: testEncryptionKey, OPENAI_COMPATIBLE_URL: 'http://localhost:11434/v1' };

it.each([
  [undefined, {}],
  ['', {}],
  ['{"llama3.2":{"input":0.15,"output":0.6,"cachedInput":0.075},"*":{"input":0,"output":0}}', { 'llama3.2': { input: 0.15, output: 0.6, cachedInput: 0.075 }, '*': { input: 0, output: 0 } }],
])('Prices of models are read as JSON: %j', (text, prices) => {
  expect(readConfig({ ...environment, OPENAI_COMPATIBLE_PRICES: text }).openAiCompatible?.prices).toEqual(prices);
});

it.each(['0.15', '{"llama3.2":0.15}', '{"llama3.2":{"input":-1,"output":0}}', '{"llama3.2":{"input":1}}', '{"llama3.2":{"input":1,"output":1,"currency":"EUR"}}', '{'])(
  'Prices that can not be read are a bad environment: %s',
  (text) => {
    expect(() => readConfig({ ...environment, OPENAI_COMPATIBLE_PRICES: text })).toThrow(StartupError);
    expect(() => readConfig({ ...environment, OPENAI_COMPATIBLE_PRICES: text })).toThrow(/^Bad environment: OPENAI_COMPATIBLE_PRICES must be JSON such as .*a million tokens/);
  },
);
