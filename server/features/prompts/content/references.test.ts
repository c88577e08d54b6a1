import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '../../../errors.js';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { type PromptReference } from './reference.js';
import { type PromptVersionRecord } from './version-row.js';

let kit: AuthoringKit;
let ada: Identity;

beforeAll(async () => {
  kit = await startAuthoringKit();
});
beforeEach(async () => {
  ada = await createIdentity(kit.database);
});
afterAll(() => kit.stop());

async function create(path: string, content: string, kind: 'TEXT' | 'CHAT' = 'TEXT'): Promise<PromptVersionRecord> {
  const { id } = await kit.prompts.create(ada, { name: path, path, description: '', kind, message: 'First version', messages: [{ role: 'USER', content }] });
  return headOf(id);
}

async function headOf(promptId: string): Promise<PromptVersionRecord> {
  const head = (await kit.prompts.heads(ada.workspaceId, [promptId])).get(promptId);
  if (!head) throw new Error('There is no head.');
  return head;
}

/** Puts a label at a version, wherever it was. */
async function label({ promptId, id: versionId }: PromptVersionRecord, name = 'production'): Promise<void> {
  await kit.database.prisma.promptLabel.deleteMany({ where: { promptId, name } });
  await kit.database.prisma.promptLabel.create({ data: { workspaceId: ada.workspaceId, promptId, name, versionId, movedById: ada.userId } });
}

const createLabelled = async (path: string, content: string) => {
  const version = await create(path, content);
  await label(version);
  return version;
};

/** Adds a version to main without any check, as it stood there before the others did what they did. */
async function commitUnchecked(version: PromptVersionRecord, content: string): Promise<PromptVersionRecord> {
  const commit = { promptId: version.promptId, branch: 'main', message: 'Next', messages: [{ role: 'USER' as const, content }] };
  const placeholder = await kit.commits.commit(ada, { ...commit, messages: [{ role: 'USER', content: `${content.replaceAll('{%', '[').replaceAll('%}', ']')}` }] });
  const row = await kit.database.prisma.promptVersion.findUniqueOrThrow({ where: { id: placeholder.id } });
  const stored: unknown = JSON.parse(row.content);
  await kit.database.prisma.promptVersion.update({ where: { id: row.id }, data: { content: JSON.stringify({ ...(stored as object), messages: [{ id: 'm1', role: 'USER', content }] }) } });
  return headOf(version.promptId);
}

describe('a version is found', () => {
  test('by its path at a label, a branch or its number', async () => {
    const first = await createLabelled('a', 'One');
    const second = await kit.commits.commit(ada, { promptId: first.promptId, branch: 'main', message: 'Two', messages: [{ role: 'USER', content: 'Two' }] });
    const references: [PromptReference, PromptVersionRecord | undefined][] = [
      [{ path: 'a', label: 'production' }, first],
      [{ path: 'a', branch: 'main' }, second],
      [{ path: 'a', version: '1.0.0' }, first],
      [{ path: 'a', version: '1.0.1' }, second],
      [{ path: 'a', version: '9.9.9' }, undefined],
      [{ path: 'a', label: 'main' }, undefined],
      [{ path: 'a', branch: 'production' }, undefined],
      [{ path: 'b', label: 'production' }, undefined],
      [{ path: 'a', version: 'latest' }, undefined],
      [{ path: 'a', version: '999999999.999999999.999999999' }, undefined],
      [{ path: 'a', label: '\0' }, undefined],
      [{ path: "' OR 1=1 --", label: '\ud800' }, undefined],
    ];
    for (const [reference, version] of references) expect(await kit.versionFinder.find(ada.workspaceId, [reference])).toEqual([version]);
    const all = references.map(([reference]) => reference);
    expect(await kit.versionFinder.find(ada.workspaceId, all)).toEqual(references.map(([, version]) => version));
    expect(await kit.versionFinder.find(ada.workspaceId, [])).toEqual([]);
  });

  test('in its own workspace alone', async () => {
    await createLabelled('a', 'One');
    const { workspaceId } = await createIdentity(kit.database, 'Bob');
    const references: PromptReference[] = [{ path: 'a', label: 'production' }, { path: 'a', branch: 'main' }, { path: 'a', version: '1.0.0' }];
    for (const reference of references) expect(await kit.versionFinder.find(workspaceId, [reference])).toEqual([undefined]);
    expect(await kit.versionFinder.find(workspaceId, references)).toEqual([undefined, undefined, undefined]);
  });
});

describe('references', () => {
  const resolve = (...contents: PromptVersionRecord[]) => kit.references.resolve(ada.workspaceId, contents);
  const refused = async (work: Promise<unknown>) => {
    const error = await work.then(() => undefined, (reason: unknown) => reason);
    if (!(error instanceof InvalidInputError)) throw new Error(`Not refused: ${String(error)}`);
    return error.fields.map(({ message }) => message);
  };

  test('are stored with the version, in the order of its templates', async () => {
    await createLabelled('a', 'A');
    await createLabelled('b', 'B');
    const both = await create('both', '{% prompt "b", version: "1.0.0" %}{% prompt "a" %}{% prompt "a" %}{% prompt "a", branch: "main" %}');
    expect((await kit.prompts.referencesOf(ada.workspaceId, [both.id])).get(both.id)).toEqual([
      { path: 'b', version: '1.0.0' },
      { path: 'a', label: 'production' },
      { path: 'a', branch: 'main' },
    ]);
    expect(await kit.database.prisma.promptReference.count({ where: { workspaceId: ada.workspaceId, path: 'a' } })).toBe(2);
  });

  test('come to the versions that they name now, nested ones too', async () => {
    const inner = await createLabelled('inner', 'Inner');
    const middle = await createLabelled('middle', '{% prompt "inner" %}');
    const outer = await create('outer', '{% prompt "middle" %}{% prompt "inner", version: "1.0.0" %}');
    const pins = await resolve(outer, middle, inner);
    expect([...pins].map(([key, { reference, version }]) => [key, reference, version.id])).toEqual([
      ['middle label:production', { path: 'middle', label: 'production' }, middle.id],
      ['inner version:1.0.0', { path: 'inner', version: '1.0.0' }, inner.id],
      ['inner label:production', { path: 'inner', label: 'production' }, inner.id],
    ]);
    const next = await commitUnchecked(inner, 'Inner, again');
    await label(next);
    expect((await resolve(outer)).get('inner label:production')?.version.id).toBe(next.id);
    expect((await resolve(outer)).get('inner version:1.0.0')?.version.id).toBe(inner.id);
  });

  test('of one prompt to itself are refused, at whatever version', async () => {
    const a = await createLabelled('a', 'A');
    const commit = kit.commits.commit(ada, { promptId: a.promptId, branch: 'main', message: 'x', messages: [{ role: 'USER', content: '{% prompt "a", version: "1.0.0" %}' }] });
    expect(await refused(commit)).toEqual(['Line 1, column 1: The prompt a would include itself. Take the reference out.']);
  });

  test('that go round are refused when they are committed, through labels too, and the way round is named', async () => {
    const a = await createLabelled('a', 'A');
    await createLabelled('b', '{% prompt "a" %}');
    await createLabelled('c', 'x {% prompt "b" %}');
    const commit = kit.commits.commit(ada, { promptId: a.promptId, branch: 'main', message: 'x', messages: [{ role: 'USER', content: 'Hi\n{% prompt "c" %}' }] });
    expect(await refused(commit)).toEqual(['Line 2, column 1: These prompts would include one another without end: a → c → b → a. Take one of the references out.']);
  });

  test('that have come to go round since are refused when they are resolved', async () => {
    const a = await createLabelled('a', 'A');
    const b = await createLabelled('b', '{% prompt "a" %}');
    await label(await commitUnchecked(a, '{% prompt "b" %}'));
    const message = (from: string, to: string) => `These prompts would include one another without end: ${from} → ${to} → ${from}. Take one of the references out.`;
    expect(await refused(resolve(await headOf(a.promptId)))).toEqual([message('a', 'b')]);
    expect(await refused(resolve(b))).toEqual([message('b', 'a')]);
  });

  test('to one prompt by two ways are no cycle', async () => {
    await createLabelled('a', 'A');
    await createLabelled('b', '{% prompt "a" %}');
    await createLabelled('c', '{% prompt "a" %}{% prompt "b" %}');
    const d = await create('d', '{% prompt "c" %}{% prompt "b" %}{% prompt "a" %}');
    expect((await resolve(d)).size).toBe(3);
  });

  test('to a chat prompt, or to a prompt that is gone, are refused', async () => {
    const chat = await create('chat', 'Hi', 'CHAT');
    await label(chat);
    await expect(create('a', '{% prompt "chat" %}')).rejects.toThrow('The prompt chat is a chat prompt. Only a text prompt can be included.');
    const gone = await createLabelled('gone', 'x');
    const user = await create('user', '{% prompt "gone" %}');
    await kit.database.prisma.prompt.delete({ where: { id: gone.promptId } });
    expect(await refused(resolve(user))).toEqual(['There is no prompt at gone in this workspace.']);
  });

  test('that are nested more than ten levels deep are refused', async () => {
    await createLabelled('p0', 'x');
    for (let depth = 1; depth < 10; depth++) await createLabelled(`p${depth}`, `{% prompt "p${depth - 1}" %}`);
    const deepest = await createLabelled('p10', '{% prompt "p9" %}');
    expect((await resolve(deepest)).size).toBe(10);
    await expect(create('p11', '{% prompt "p10" %}')).rejects.toThrow('Prompts may include one another 10 levels deep; this goes deeper.');
  });

  test('that multiply are refused before they cost anything', async () => {
    await createLabelled('p0', 'x');
    const twice = (path: string) => `{% prompt "${path}" %}{% prompt "${path}", branch: "main" %}`;
    for (let depth = 1; depth <= 7; depth++) await createLabelled(`p${depth}`, twice(`p${depth - 1}`));
    await expect(create('p8', twice('p7'))).rejects.toThrow('This comes to more than 500 inclusions. Include fewer.');
  });

  test('may be many, and bring all that they ask for', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `p${index}`);
    for (const name of names) await createLabelled(name, `{{ ${name} }}`);
    const user = await create('user', names.map((name) => `{% prompt "${name}" %}`).join(' '));
    expect(user.variables.map(({ name }) => name)).toEqual(names);
    expect((await resolve(user)).size).toBe(8);
  });
});
