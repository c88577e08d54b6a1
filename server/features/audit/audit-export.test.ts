import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { callsWith, signUpUser, startTestServer, type TestServer } from '../../testing/test-server.js';

type User = Awaited<ReturnType<typeof signUpUser>>;

let server: TestServer;
let ada: User;

beforeAll(async () => {
  server = await startTestServer();
  ada = await signUpUser(server, '=HYPERLINK("http://evil")');
  for (const name of ['ONE', 'TWO', 'THREE']) await ada.ask('mutation ($name: String!) { createSecret(input: { name: $name, value: "abcd" }) { id } }', { name });
});
afterAll(() => server.stop());

const get = (path: string, token?: string) => fetch(`${server.url}${path}`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

test('The log comes as JSON Lines, one entry a line, the newest first, as the filter has it', async () => {
  const response = await get('/audit.jsonl?action=secret.*&outcome=DONE', ada.token);
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="audit-log.jsonl"');
  const lines = (await response.text()).trim().split('\n').map((line) => z.object({ action: z.string(), subjectName: z.string(), after: z.object({ name: z.string() }) }).parse(JSON.parse(line)));
  expect(lines.map(({ subjectName }) => subjectName)).toEqual(['THREE', 'TWO', 'ONE']);
});

test('As CSV no cell begins like a formula, and quotes and line breaks keep to their cell', async () => {
  const text = await (await get('/audit.csv?action=secret.create', ada.token)).text();
  const [header, first, ...rest] = text.split('\r\n');
  expect(header).toMatch(/^id,at,actorType,actorId,actorName,action/);
  expect(first).toContain(`,"'=HYPERLINK(""http://evil"")",secret.create,`);
  expect(rest).toHaveLength(3);
});

test('Whoever takes the log is told of in it, with what they asked for', async () => {
  await (await get('/audit.csv?outcome=REFUSED', ada.token)).text();
  const lines = (await (await get('/audit.jsonl?action=audit.export', ada.token)).text()).trim().split('\n');
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ actorType: 'PERSON', after: { format: 'csv', filter: { outcome: 'REFUSED' } } });
});

test('Nobody gets it who may not read it, and a filter that can not be meant is named', async () => {
  const { createApiKey } = await ada.ask('mutation { createApiKey(input: { name: "CI" }) { secret } }');
  const key = z.object({ secret: z.string() }).parse(createApiKey).secret;
  expect((await get('/audit.csv')).status).toBe(401);
  expect((await get('/audit.csv', 'nonsense')).status).toBe(401);
  expect((await get('/audit.csv', key)).status).toBe(403);
  const wrong = await get('/audit.csv?from=yesterday', ada.token);
  expect(wrong.status).toBe(400);
  expect(await wrong.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT', fields: [{ field: 'filter.from' }] } }] });
  await expect(callsWith(ada.client, key).ask('{ auditLog { edges { node { id } } } }')).rejects.toThrow(/audit:read/);
});
