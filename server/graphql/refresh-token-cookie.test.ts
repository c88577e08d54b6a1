import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startEndpointServer } from '../testing/endpoint-server.js';
import { dataOf, GraphqlClient } from '../testing/graphql-client.js';

let server: Awaited<ReturnType<typeof startEndpointServer>>;

beforeAll(async () => {
  server = await startEndpointServer();
});
afterAll(() => server.stop());

const signUp = 'mutation ($input: SignUpInput!) { signUp(input: $input) { accessToken } }';
const refresh = 'mutation { refreshSession { accessToken } }';

async function signedUp(email: string, url = server.url) {
  const client = new GraphqlClient(url);
  const answer = await client.query(signUp, { input: { email, name: 'Ada', password: 'correct horse battery' } });
  dataOf(answer);
  return { client, answer };
}

test('The refresh cookie can not be read by scripts, goes to /graphql alone and never with requests from other sites', async () => {
  const { answer } = await signedUp('cookie@example.com');
  const [cookie] = answer.headers.getSetCookie();
  expect(cookie).toMatch(/^pp_refresh=[\w-]{43}; Path=\/graphql; Expires=[^;]+ GMT; HttpOnly; SameSite=Strict$/);
  const expires = Date.parse(/Expires=([^;]+)/.exec(cookie ?? '')?.[1] ?? '');
  expect(Math.round((expires - Date.now()) / 86_400_000)).toBe(30);
});

test('The refresh cookie is Secure where browsers reach the product by https', async () => {
  const secure = await startEndpointServer({ publicUrl: 'https://prompts.example.com' });
  try {
    const { answer } = await signedUp('secure@example.com', secure.url);
    expect(answer.headers.getSetCookie()[0]).toContain('; Secure');
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  } finally {
    await secure.stop();
  }
});

test('The refresh cookie is exchanged at each use, is refused to other origins, and is gone after signing out', async () => {
  const { client } = await signedUp('rotate@example.com');
  const first = client.cookies.get('pp_refresh');
  dataOf(await client.query(refresh, {}, { headers: { origin: server.url } }));
  expect(client.cookies.get('pp_refresh')).not.toBe(first);
  for (const origin of ['http://127.0.0.1:1', 'https://evil.example', 'null']) {
    expect(await client.query(refresh, {}, { headers: { origin } })).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  }
  expect(dataOf(await client.query('mutation { signOut { signedOut } }'))).toEqual({ signOut: { signedOut: true } });
  expect(client.cookies.has('pp_refresh')).toBe(false);
  expect(await client.query(refresh)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});
