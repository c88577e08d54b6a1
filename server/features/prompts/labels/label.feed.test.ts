import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { InvalidInputError, NotFoundError } from '../../../errors.js';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { type LabelFilter } from './label.feed.js';
import { moveLabel } from './label.store.js';

interface Written {
  promptId: string;
  versionId: string;
}

let kit: AuthoringKit;
let ada: Identity;
let greeting: Written;
let farewell: Written;

beforeAll(async () => {
  kit = await startAuthoringKit();
});

beforeEach(async () => {
  ada = await createIdentity(kit.database);
  [greeting, farewell] = [await write('greeting'), await write('farewell')];
});

afterAll(() => kit.stop());

async function write(path: string, { workspaceId, userId } = ada): Promise<Written> {
  const content = JSON.stringify({ kind: 'TEXT', messages: [{ id: 'm1', role: 'USER', content: 'Hello' }], variables: [], settings: { model: 'simulated/extract' }, tools: [] });
  const { id: promptId } = await kit.database.prisma.prompt.create({ data: { workspaceId, path, name: path, kind: 'TEXT', updatedAt: new Date() } });
  const version = { workspaceId, promptId, major: 1, minor: 0, patch: 0, message: 'x', authorId: userId, content, contentHash: 'x' };
  return { promptId, versionId: (await kit.database.prisma.promptVersion.create({ data: version })).id };
}

const set = ({ promptId, versionId }: Written, name: string, identity = ada) => kit.labels.set(identity, { promptId, versionId, name });

/** What a subscriber is told until a label named `last` moves. */
async function told(filter: LabelFilter, moves: () => Promise<unknown>): Promise<string[]> {
  const feed = await kit.labels.follow(ada, filter);
  await moves();
  const heard: string[] = [];
  for await (const { label, promptId, toVersionId } of feed) {
    const prompt = promptId === greeting.promptId ? 'greeting' : 'farewell';
    heard.push(`${prompt} ${label} ${toVersionId ? 'set' : 'removed'}`);
    if (label === 'last' && toVersionId) break;
  }
  return heard;
}

async function moveAll() {
  await set(farewell, 'production');
  await set(greeting, 'production');
  await set(greeting, 'staging');
  await kit.labels.remove(ada, { promptId: greeting.promptId, name: 'production' });
  await set(farewell, 'last');
  await set(greeting, 'last');
}

test('a subscriber is told of every move from now on, once and in order', async () => {
  await set(greeting, 'before');
  expect(await told({}, moveAll)).toEqual([
    'farewell production set',
    'greeting production set',
    'greeting staging set',
    'greeting production removed',
    'farewell last set',
  ]);
});

test('a subscriber to a prompt, to a path or to a label is told of its moves only', async () => {
  const ofGreeting = ['greeting production set', 'greeting staging set', 'greeting production removed', 'greeting last set'];
  expect(await told({ promptId: greeting.promptId }, moveAll)).toEqual(ofGreeting);
  for (const label of ['production', 'staging', 'last']) {
    for (const { promptId } of [greeting, farewell]) await kit.labels.remove(ada, { promptId, name: label }).catch(() => undefined);
  }
  expect(await told({ path: 'greeting' }, moveAll)).toEqual(ofGreeting);
  expect(await told({ label: 'last', promptId: farewell.promptId }, async () => {
    await set(farewell, 'first');
    await kit.labels.remove(ada, { promptId: farewell.promptId, name: 'last' });
    await moveAll();
  })).toEqual(['farewell last removed', 'farewell last set']);
});

test('a path means whichever prompt is there when its label moves', async () => {
  const heard = await told({ path: 'welcome' }, async () => {
    await set(greeting, 'too-early');
    await kit.database.prisma.prompt.update({ where: { id: greeting.promptId }, data: { path: 'elsewhere' } });
    await kit.database.prisma.prompt.update({ where: { id: farewell.promptId }, data: { path: 'welcome' } });
    await set(farewell, 'last');
  });
  expect(heard).toEqual(['farewell last set']);
});

test('a subscriber may begin with a path where nothing is yet', async () => {
  const feed = await kit.labels.follow(ada, { path: 'not/yet' });
  const first = feed.next();
  const late = await write('not/yet');
  await set(late, 'production');
  expect((await first).value).toMatchObject({ promptId: late.promptId, label: 'production' });
  await feed.return?.();
});

test("another workspace's moves are not told, and its prompts can't be subscribed to", async () => {
  const eve = await createIdentity(kit.database);
  const theirs = await write('greeting', eve);
  expect(await told({}, async () => {
    await set(theirs, 'production', eve);
    await set(greeting, 'last');
  })).toEqual(['greeting last set']);
  await expect(kit.labels.follow(ada, { promptId: theirs.promptId })).rejects.toThrow(NotFoundError);
  await expect(kit.labels.follow(ada, { promptId: 'none' })).rejects.toThrow(NotFoundError);
});

test('a move whose transaction ends after a later one is told all the same', async () => {
  let end!: () => void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const place = { workspaceId: ada.workspaceId, promptId: greeting.promptId, name: 'slow', toVersionId: greeting.versionId, byId: ada.userId };
  const heard = await told({}, async () => {
    const slow = kit.database.prisma.$transaction(async (tx) => {
      const move = await moveLabel(tx, place);
      await ended;
      return move;
    });
    // SQLite has one transaction at a time.
    if (kit.database.engine === 'postgres') await set(farewell, 'fast');
    end();
    kit.labels.announce(await slow);
    await set(farewell, 'last');
  });
  expect(heard.filter((move) => !move.includes('fast'))).toEqual(['greeting slow set', 'farewell last set']);
});

test('what is no path or no label is refused', async () => {
  await expect(kit.labels.follow(ada, { path: 'No Path' })).rejects.toThrow(InvalidInputError);
  await expect(kit.labels.follow(ada, { label: '1.0.0' })).rejects.toThrow(InvalidInputError);
});

test('a subscriber that leaves while nothing happens is let go at once', async () => {
  const feed = await kit.labels.follow(ada, {});
  const waiting = feed.next();
  await feed.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
});
