import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { z } from 'zod';
import { environmentVariables, readConfig } from '../server/config.js';
import { projectRoot } from '../server/project-root.js';
import { processesOf } from './compose.mjs';

const text = readFileSync(join(projectRoot, 'docker-compose.yml'), 'utf8');
const file: unknown = parse(text, { merge: true });
const secrets = { JWT_SECRET: 'a'.repeat(32), ENCRYPTION_KEY: 'b'.repeat(32), POSTGRES_PASSWORD: 'c', REDIS_PASSWORD: 'd' };
const servers = { DATABASE_URL: 'postgres://127.0.0.1/a', MONGODB_URL: 'mongodb://127.0.0.1/a', REDIS_URL: 'redis://127.0.0.1' };

test('docker-compose.yml is what the Compose specification says', () => {
  const published: unknown = JSON.parse(readFileSync(join(projectRoot, 'server', 'testing', 'compose-spec.schema.json'), 'utf8'));
  // It names its dialect by an address that nobody else knows it by.
  const { $schema: _dialect, ...schema } = z.record(z.string(), z.unknown()).parse(published);
  const check = new Ajv2019({ strict: false, validateFormats: false }).removeKeyword('id').compile(schema);
  expect([check(file), check.errors]).toEqual([true, null]);
  expect(check({ services: { api: { imagee: 'x' } } })).toBe(false);
});

test('It starts one api and two workers, each with an environment that the product takes', () => {
  const processes = processesOf(text, { ...secrets, ...servers });
  const taken = processes.map(({ name, environment }) => ({ name, environment, config: readConfig(environment) }));
  expect(taken.map(({ name, config }) => [name, config.role])).toEqual([['api', 'api'], ['worker-1', 'worker'], ['worker-2', 'worker']]);
  for (const { environment, config } of taken) {
    expect(Object.keys(environment).filter((name) => !environmentVariables.includes(name))).toEqual([]);
    expect(config).toMatchObject({ environment: 'production', database: { engine: 'postgres' }, mongodbUrl: servers.MONGODB_URL, redisUrl: servers.REDIS_URL });
  }
});

test('Without any of its secrets nothing starts, and they are named', () => {
  expect(() => processesOf(text, servers)).toThrow('Set these first: JWT_SECRET, ENCRYPTION_KEY.');
  expect(() => processesOf(text, secrets)).toThrow(/DATABASE_URL \(.*\), MONGODB_URL \(.*\), REDIS_URL/);
  // As Compose reads it: required, never with a default.
  for (const name of Object.keys(secrets)) {
    const uses = [...text.matchAll(new RegExp(`\\$\\{${name}([^}]*)\\}`, 'g'))].map(([, rest]) => rest);
    expect([name, new Set(uses)]).toEqual([name, new Set([`:?set ${name}`])]);
  }
});

test('Nobody but the product reaches its servers, each of which says whether it is well', () => {
  const service = z.object({ build: z.unknown().optional(), ports: z.array(z.string()).default([]), networks: z.array(z.string()), healthcheck: z.unknown().optional(), depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}) });
  const { services, networks } = z.object({ services: z.record(z.string(), service), networks: z.record(z.string(), z.unknown()) }).parse(file);
  expect(networks).toEqual({ data: { internal: true } });
  const theirs = Object.entries(services).filter(([, { build }]) => build === undefined);
  for (const [name, { ports, networks: reached, healthcheck }] of theirs) expect([name, ports, reached, typeof healthcheck]).toEqual([name, [], ['data'], 'object']);
  for (const name of ['api', 'worker']) expect(services[name]?.depends_on).toEqual(Object.fromEntries(theirs.map(([other]) => [other, { condition: 'service_healthy' }])));
});
