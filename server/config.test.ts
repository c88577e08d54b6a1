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

it('What requests may reach is read as hosts, ports and networks', () => {
  expect(readConfig({ ...environment, OUTGOING_ALLOW: 'Ollama:11434, 10.0.0.0/8,[::1]:80,mail.example' }).outgoingAllow).toEqual([
    { kind: 'host', host: 'ollama', port: 11_434 },
    { kind: 'network', address: '10.0.0.0', prefix: 8, family: 'ipv4' },
    { kind: 'host', host: '::1', port: 80 },
    { kind: 'host', host: 'mail.example' },
  ]);
});

it.each(['http://host', '10.0.0.0/33', 'host:99999', 'user@host', '10.0.0.0/8/9', 'a b'])('What is no host, port or network is a bad environment: %s', (list) => {
  expect(() => readConfig({ ...environment, OUTGOING_ALLOW: list })).toThrow(/^Bad environment: OUTGOING_ALLOW must be a list such as/);
});

it('A role is for processes that share a database, which SQLite is not for', () => {
  expect(readConfig(environment).role).toBe('all');
  expect(readConfig({ ...environment, ROLE: 'worker', DATABASE_URL: 'postgres://127.0.0.1/a' }).role).toBe('worker');
  for (const more of [{ ROLE: 'worker' }, { ROLE: 'api', DATABASE_URL: 'file:a.db' }]) {
    expect(() => readConfig({ ...environment, ...more })).toThrow(/^Bad environment: ROLE=(api|worker) shares the work .* needs PostgreSQL: .* Set DATABASE_URL/);
  }
  expect(() => readConfig({ ...environment, ROLE: 'web' })).toThrow('Bad environment: ROLE must be api, worker or all.');
});
