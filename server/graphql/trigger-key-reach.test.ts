import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startProbeServer, transports } from '../testing/probe-server.js';

let server: Awaited<ReturnType<typeof startProbeServer>>;
let limited: string;

beforeAll(async () => {
  server = await startProbeServer();
  const triggerId = randomUUID();
  server.triggers.add(triggerId);
  limited = (await server.apiKeys.create(server.identity, { name: 'Shop', triggerIds: [triggerId] })).secret;
});
afterAll(() => server.stop());

describe.each(transports)('over %s an API key that is limited to triggers', (transport, askOver) => {
  const ask = (query: string, token = limited) => askOver(server, query, {}, token);

  test('fires and reads what came of it', async () => {
    expect(await ask('mutation { fire { leaf again { leaf __typename } } }')).toMatchObject({ data: { fire: { leaf: 1, again: { leaf: 1, __typename: 'Fired' } } } });
  });

  test.each(['{ viewer { id } }', '{ apiKeys { edges { node { id } } } }', 'mutation { createApiKey(input: { name: "Mine" }) { secret } }', 'subscription { ticks }'])('may not ask for %s', async (query) => {
    // Subscriptions are refused over HTTP to everybody.
    const code = query.startsWith('subscription') && transport === 'HTTP' ? 'BAD_REQUEST' : 'FORBIDDEN';
    expect(await ask(query)).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  test.each([
    'mutation { fire { branch { leaf } } }',
    'mutation { fire { again { ...B } } } fragment B on Fired { branch { leaf } }',
    'mutation { fire { ... on Fired { other: branch { leaf } } } }',
  ])('does not get through to what the rest of the graph holds: %s', async (query) => {
    expect(await ask(query)).toMatchObject({ errors: [{ message: expect.stringContaining('may not read Fired.branch'), extensions: { code: 'FORBIDDEN' } }] });
    expect(await ask(query, server.token)).toMatchObject({ data: { fire: expect.anything() } });
  });
});
