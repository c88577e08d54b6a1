import { beforeEach, expect, test } from '@jest/globals';
import { type ExecutionResult, GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql';
import { type Identity } from '../features/auth/identity.js';
import { RequestLoaders } from './context.js';
import { SharedResults } from './shared-results.js';

interface Tick {
  number: number;
}

const ticks: Tick[] = [{ number: 1 }, { number: 2 }];
let resolved: string[];
let left: number;
let results: SharedResults;

beforeEach(() => {
  resolved = [];
  left = 0;
  results = new SharedResults();
});

async function* source(): AsyncGenerator<Tick> {
  try {
    yield* ticks;
  } finally {
    left++;
  }
}

const tick = new GraphQLObjectType<Tick>({
  name: 'Tick',
  fields: {
    number: { type: GraphQLInt, args: { times: { type: GraphQLInt } }, resolve: ({ number }, args: { times?: number }) => (resolved.push('number'), number * (args.times ?? 1)) },
  },
});
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { nothing: { type: GraphQLString } } }),
  subscription: new GraphQLObjectType({ name: 'Subscription', fields: { ticks: { type: tick, args: { after: { type: GraphQLInt } }, subscribe: source, resolve: (event: Tick) => event } } }),
});

const session = (userId: string): Identity => ({ userId, workspaceId: 'w', role: 'EDITOR', via: 'session', sessionId: 's', expiresAt: new Date(0) });

async function follow(query: string, variableValues: Record<string, unknown> = {}, identity: Identity | 'nobody' = session('ann')): Promise<unknown[]> {
  const contextValue = { identity: identity === 'nobody' ? undefined : identity, loaders: new RequestLoaders() };
  const events = await results.subscribe({ schema, document: parse(query), variableValues, contextValue });
  if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events));
  const got: ExecutionResult[] = [];
  for await (const result of events) got.push(result);
  return got.map(({ data }) => data?.ticks);
}

const both = [{ number: 1 }, { number: 2 }];

test('of those who ask the same, wherever they began, one is answered for all', async () => {
  const query = 'subscription ($after: Int) { ticks(after: $after) { number } }';
  const all = await Promise.all([follow(query, { after: 0 }), follow(query, { after: 1 }), follow(query)]);
  expect(all).toEqual([both, both, both]);
  expect(resolved).toHaveLength(2);
});

test.each([
  ['a variable below the root', 'subscription ($times: Int) { ticks { number(times: $times) } }'],
  ['a variable in a fragment', 'subscription ($times: Int) { ticks { ...part } } fragment part on Tick { number(times: $times) }'],
])('those who give %s other values get what belongs to theirs', async (_where, query) => {
  const [doubled, tripled] = await Promise.all([follow(query, { times: 2 }), follow(query, { times: 3 })]);
  expect(doubled).toEqual([{ number: 2 }, { number: 4 }]);
  expect(tripled).toEqual([{ number: 3 }, { number: 6 }]);
});

test('those who ask for other fields get theirs', async () => {
  const [plain, named] = await Promise.all([follow('subscription { ticks { number } }'), follow('subscription { ticks { n: number } }')]);
  expect(plain).toEqual(both);
  expect(named).toEqual([{ n: 1 }, { n: 2 }]);
});

test('another person, and one who is not signed in, are answered apart', async () => {
  const query = 'subscription { ticks { number } }';
  await Promise.all([follow(query), follow(query, {}, session('ben')), follow(query, {}, 'nobody')]);
  expect(resolved).toHaveLength(6);
});

test('whoever stops asking ends the source of the events', async () => {
  const contextValue = { identity: session('ann'), loaders: new RequestLoaders() };
  const events = await results.subscribe({ schema, document: parse('subscription { ticks { number } }'), contextValue });
  if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events));
  await events.next();
  await events.return?.();
  expect(left).toBe(1);
});

test('what is refused at the start is an answer of its own', async () => {
  const refusal = await results.subscribe({ schema, document: parse('subscription { unknown { number } }'), contextValue: { loaders: new RequestLoaders() } });
  expect(refusal).toEqual({ errors: [expect.objectContaining({ message: 'The subscription field "unknown" is not defined.' })] });
});
