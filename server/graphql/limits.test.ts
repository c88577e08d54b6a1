import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { startProbeServer, transports } from '../testing/probe-server.js';
import { limits } from './limits.js';

type Server = Awaited<ReturnType<typeof startProbeServer>>;
let server: Server;

beforeAll(async () => {
  server = await startProbeServer();
});
afterAll(() => server.stop());

function nested(levels: number): string {
  return `{ tree ${'{ branch '.repeat(levels)} { leaf } ${'}'.repeat(levels)} }`;
}

describe.each(transports)('over %s in production', (_transport, askOver) => {
  const ask = (query: string, variables: Record<string, unknown> = {}, token: string | undefined = server.token) => askOver(server, query, variables, token);

  test('an operation within the limits is answered', async () => {
    expect(await ask('{ viewer { id } }')).toMatchObject({ data: { viewer: { id: expect.any(String) } } });
    expect(await ask('{ tree { branches { branches { leaf } } } }')).toMatchObject({ data: { tree: { branches: [] } } });
  });

  test.each<[string, string, RegExp]>([
    ['deeper than the limit', nested(limits.depth), /levels deep; 12 are allowed/],
    ['deeper than the limit by fragments', `{ tree { ...A } } fragment A on Branch { branch { branch { branch { branch { branch { branch { ...B } } } } } } } fragment B on Branch { branch { branch { branch { branch { branch { leaf } } } } } }`, /levels deep; 12 are allowed/],
    ['with too many aliases', `{ tree { ${Array.from({ length: 31 }, (_, i) => `a${i}: leaf`).join(' ')} } }`, /31 aliases; 30 are allowed/],
    ['with too many root fields', `{ ${'__typename '.repeat(21)} }`, /21 root fields; 20 are allowed/],
    ['with too many directives', `{ tree { leaf ${'@include(if: true) '.repeat(31)} } }`, /31 directives; 30 are allowed/],
    [
      'that fragments multiply',
      `{ tree { ...F0 } } ${Array.from({ length: 60 }, (_, i) => `fragment F${i} on Branch { ...F${i + 1} ...F${i + 1} }`).join(' ')} fragment F60 on Branch { leaf }`,
      /fields; 1000 are allowed/,
    ],
    ['that fetches too much', `{ ${Array.from({ length: 15 }, (_, i) => `a${i}: apiKeys(first: 100) { edges { node { id name prefix createdAt expiresAt } } }`).join(' ')} }`, /may fetch 12\d\d\d? fields|may fetch \d{5} fields; 10000 are allowed/],
    ['of nested lists that fetches too much', '{ tree(first: 100) { branches { branches { branches { branches { leaf } } } } } }', /fields; 10000 are allowed/],
    ['with fields that do not exist', '{ viewer { password } }', /Cannot query field "password"/],
  ])('a document %s is refused as invalid', async (_case, query, message) => {
    const { data, errors } = await ask(query);
    expect(data).toBeUndefined();
    expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(message), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
  });

  test('a document with too many tokens is refused before it is parsed further', async () => {
    const { errors } = await ask(`{ ${'viewer { id } '.repeat(600)} }`);
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining('2000 tokens'), extensions: { code: 'GRAPHQL_PARSE_FAILED' } })]);
  });

  test('introspection is for those who are signed in', async () => {
    expect(await ask(getIntrospectionQuery())).toMatchObject({ data: { __schema: expect.anything() } });
    for (const query of [getIntrospectionQuery(), '{ __type(name: "Query") { name } }', '{ ...A } fragment A on Query { __schema { description } }']) {
      expect(await ask(query, {}, '')).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    }
    expect(await ask('{ __typename }', {}, '')).toMatchObject({ data: { __typename: 'Query' } });
  });
});
