import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Sandbox } from './sandbox.js';
import { startSandbox } from './start-sandbox.js';

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = startSandbox();
});
afterAll(() => sandbox.close());

const timeoutMs = 10_000;
const check = async (schema: Record<string, unknown>, value: unknown) => (await sandbox.checkSchemas([{ schema, value }], { timeoutMs }))[0];

it.each<[Record<string, unknown>, unknown]>([
  [{}, null],
  [{ type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] }, { a: 1 }],
  [{ type: 'string', format: 'date' }, '2026-02-28'],
  [{ type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'number' } }, ['a', 1]],
  [{ $schema: 'http://json-schema.org/draft-07/schema#', type: 'array', items: [{ type: 'string' }], additionalItems: false }, ['a']],
  [{ $schema: 'https://json-schema.org/draft/2019-09/schema', type: 'string' }, 'a'],
  [{ $ref: '#/$defs/tree', $defs: { tree: { type: 'object', properties: { parts: { type: 'array', items: { $ref: '#/$defs/tree' } } } } } }, { parts: [{ parts: [] }] }],
  [{ type: 'string', unheardOf: true, format: 'unheard-of' }, 'a'],
])('%j takes %j', async (schema, value) => {
  expect(await check(schema, value)).toEqual([]);
});

it.each<[Record<string, unknown>, unknown, string[]]>([
  [{ type: 'object' }, 'text', ['The whole: must be an object']],
  [{ type: 'object', required: ['a', 'b'] }, { a: 1 }, ['The whole: "b" is missing']],
  [{ properties: { a: { type: ['integer', 'null'] } } }, { a: 'x' }, ['a: must be a whole number or null']],
  [{ properties: { list: { items: { properties: { title: { maxLength: 2 } } } } } }, { list: [{ title: 'ok' }, { title: 'long' }] }, ['list[1].title: must have at most 2 characters']],
  [{ properties: {}, additionalProperties: false }, { more: 1 }, ['The whole: "more" is not expected']],
  [{ enum: ['a', 1] }, 'b', ['The whole: must be one of "a", 1']],
  [{ const: { a: 1 } }, 'b', ['The whole: must be {"a":1}']],
  [{ pattern: '^a+$' }, 'b', ['The whole: must match the pattern ^a+$']],
  [{ type: 'array', minItems: 1, items: { type: 'number', minimum: 0, exclusiveMaximum: 10, multipleOf: 0.5 } }, [-1, 10, 1.2], ['[0]: must be at least 0', '[1]: must be less than 10', '[2]: must be a multiple of 0.5']],
  [{ minLength: 1 }, '', ['The whole: must have at least 1 character']],
  [{ type: 'string', format: 'email' }, 'nobody', ['The whole: must be an email address']],
])('%j says what is wrong with %j', async (schema, value, problems) => {
  expect(await check(schema, value)).toEqual(problems);
});

it('Names the first ten problems and counts the others', async () => {
  const problems = await check({ items: { type: 'number' } }, Array.from({ length: 30 }, () => 'x'));
  expect(problems).toHaveLength(11);
  expect(problems?.at(-1)).toBe('… and 20 more problems');
});

it.each<[Record<string, unknown>, string]>([
  [{ type: 'text' }, 'The schema is no JSON Schema: data/type must be equal to one of the allowed values'],
  [{ $ref: 'https://example.com/schema.json' }, "can't resolve reference https://example.com/schema.json"],
  [{ $schema: 'https://example.com/dialect' }, 'leave it out'],
])('Refuses %j, which is no schema that can be used', async (schema, message) => {
  await expect(check(schema, 1)).rejects.toMatchObject({ code: 'SYNTAX', message: expect.stringContaining(message) });
});

it('Two schemas of one $id, or of one and the same text, do not get into each other’s way', async () => {
  const [text, number] = [{ $id: 'https://example.com/a', type: 'string' }, { $id: 'https://example.com/a', type: 'number' }];
  expect(await sandbox.checkSchemas([text, number, text].map((schema) => ({ schema, value: 1 })), { timeoutMs })).toEqual([['The whole: must be text'], [], ['The whole: must be text']]);
});

it('A pattern that takes for ever is ended, and the next check works', async () => {
  await expect(sandbox.checkSchemas([{ schema: { pattern: '^(a+)+$' }, value: `${'a'.repeat(60)}!` }], { timeoutMs: 300 })).rejects.toMatchObject({ code: 'TIMEOUT' });
  expect(await check({ pattern: '^a$' }, 'a')).toEqual([]);
});

it('Nothing to check costs nothing', async () => {
  expect(await sandbox.checkSchemas([])).toEqual([]);
});
