import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getNamedType, type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import { z } from 'zod';
import { auditOf } from '../../graphql/audited.js';
import { resolverClasses } from '../../graphql/resolver-classes.js';
import { buildGraphqlSchema } from '../../graphql/schema.js';
import { signUpUser, startTestServer, type TestServer } from '../../testing/test-server.js';

const mutations = Object.values(buildGraphqlSchema(resolverClasses).getMutationType()?.getFields() ?? {});
const nameOfSecret = /(^|\.)(password|secret|token|key|value)$/;
/** Where a caller gives what nobody else may read. */
const secretArguments = [
  'createProviderCredential.input.key', 'rotateProviderCredential.input.key', 'createSecret.input.value', 'setSecret.input.value', 'createTrigger.input.secret',
  'rotateTriggerSecret.input.secret', 'decideApprovalByLink.input.token', 'signIn.input.password', 'signUp.input.password',
];

let server: TestServer;
let ada: Awaited<ReturnType<typeof signUpUser>>;
/** Every text that a caller gave, by where it stood, such as `createSecret.input.value`. */
const given = new Map<string, string>();

beforeAll(async () => {
  server = await startTestServer();
  ada = await signUpUser(server);
});
afterAll(() => server.stop());

/** A value that fits a type, with a text of its own at each place for one. */
function valueFor(type: GraphQLInputType, path: string, within: readonly string[] = []): unknown {
  if (isNonNullType(type)) return valueFor(type.ofType, path, within);
  if (isListType(type)) return [valueFor(type.ofType, path, within)];
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  if (isInputObjectType(named)) {
    if (within.includes(named.name)) return null;
    return Object.fromEntries(Object.values(named.getFields()).map((field) => [field.name, valueFor(field.type, `${path}.${field.name}`, [...within, named.name])]));
  }
  if (named.name === 'Int' || named.name === 'Float') return 1;
  if (named.name === 'Boolean') return true;
  if (named.name === 'DateTime') return '2030-01-01T00:00:00Z';
  const text = `GIVEN_${given.size}_X`;
  given.set(path, text);
  return named.name === 'String' || named.name === 'ID' ? text : { [text]: text };
}

const entrySchema = z.object({ edges: z.array(z.object({ node: z.record(z.string(), z.unknown()) })), pageInfo: z.object({ endCursor: z.string().nullable(), hasNextPage: z.boolean() }) });
const fields = 'id at actorType actorName action subjectType subjectId subjectName before after outcome code address userAgent requestId executionId deliveryId';

async function wholeLog(): Promise<string> {
  const pages: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { auditLog } = await ada.ask(`query ($after: String) { auditLog(first: 100, after: $after) { edges { node { ${fields} } } pageInfo { endCursor hasNextPage } } }`, { after });
    const { edges, pageInfo } = entrySchema.parse(auditLog);
    pages.push(JSON.stringify(edges));
    ({ endCursor: after, hasNextPage: more } = pageInfo);
  }
  return pages.join('\n');
}

async function call(name: string): Promise<void> {
  const field = mutations.find((each) => each.name === name);
  if (!field) throw new Error(`There is no mutation ${name}.`);
  const variables = Object.fromEntries(field.args.map((argument) => [argument.name, valueFor(argument.type, `${name}.${argument.name}`)]));
  const declared = field.args.map(({ name: argument, type }) => `$${argument}: ${String(type)}`).join(', ');
  const passed = field.args.map(({ name: argument }) => `${argument}: $${argument}`).join(', ');
  const selection = 'getFields' in getNamedType(field.type) ? '{ __typename }' : '';
  await ada.client.query(`mutation (${declared}) { ${name}(${passed}) ${selection} }`.replace('()', '').replace('()', ''), variables, { token: ada.token });
}

test('whatever mutation is called, and whatever becomes of it, no secret that it was given is in the log', async () => {
  // What signs the caller out comes last.
  for (const { name } of mutations.filter((field) => !/^sign/i.test(field.name))) await call(name);
  const log = await wholeLog();
  expect(secretArguments.filter((path) => !/^sign/.test(path) && !given.has(path))).toEqual([]);
  expect(secretArguments.filter((path) => log.includes(given.get(path) ?? 'never'))).toEqual([]);
  expect([...log.matchAll(/"action":"secret\.create"/g)].length).toBeGreaterThan(0);
}, 60_000);

test('nor is one that the product made, or that was taken', async () => {
  const idSchema = z.object({ id: z.string() });
  const secretSchema = z.object({ secret: z.string() });
  const steps = [{ key: 'one', name: 'One', type: 'TRANSFORM', settings: { expression: '1' } }];
  const { createWorkflow } = await ada.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name: 'Flow', definition: { inputs: [], steps } } });
  const input = { workflowId: idSchema.parse(createWorkflow).id, type: 'WEBHOOK', name: 'Hook', settings: { scheme: 'GITHUB' }, secret: 'a secret of the sender' };
  const { createTrigger } = await ada.ask('mutation ($input: CreateTriggerInput!) { createTrigger(input: $input) { secret trigger { id } } }', { input });
  const triggerId = z.object({ trigger: idSchema }).parse(createTrigger).trigger.id;
  const { rotateTriggerSecret } = await ada.ask('mutation ($input: RotateTriggerSecretInput!) { rotateTriggerSecret(input: $input) { secret } }', { input: { triggerId } });
  const { createApiKey } = await ada.ask('mutation { createApiKey(input: { name: "Key" }) { secret } }');
  const made = [rotateTriggerSecret, createApiKey].map((each) => secretSchema.parse(each).secret);
  const log = await wholeLog();
  expect(log).toContain('trigger.secret.rotate');
  for (const secret of [...made, 'a secret of the sender', ada.password, ada.token]) expect(log).not.toContain(secret);
});

test('an argument whose name is that of a secret is known to be one, or not to be', () => {
  const notSecret = /(stepKey|idempotencyKey|mapping\.value|steps\.key|concurrency\.key|inputs\.value|onError\.value|resolutions\.value)$/;
  const found = [...given.keys()].filter((path) => nameOfSecret.test(path) && !notSecret.test(path) && !/^sign/.test(path));
  expect(found.sort()).toEqual(secretArguments.filter((path) => !/^sign/.test(path)).sort());
  expect(mutations.every((field) => auditOf(field) !== undefined)).toBe(true);
});
