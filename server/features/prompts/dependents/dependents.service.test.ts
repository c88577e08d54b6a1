import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { insertVersion } from '../content/version-row.js';

let kit: AuthoringKit;
let ada: Identity;
let tone: string;

beforeAll(async () => {
  kit = await startAuthoringKit();
});

beforeEach(async () => {
  ada = await createIdentity(kit.database);
  tone = (await createPrompt('shared/tone', 'Be kind.')).promptId;
});

afterAll(() => kit.stop());

async function createPrompt(path: string, text: string, owner = ada): Promise<{ promptId: string; versionId: string }> {
  const { workspaceId } = owner;
  const { id: promptId } = await kit.database.prisma.prompt.create({ data: { workspaceId, path, name: path, kind: 'TEXT', updatedAt: new Date() } });
  const versionId = await addVersion(promptId, 0, text, owner);
  await kit.database.prisma.promptBranch.create({ data: { workspaceId, promptId, name: 'main', headVersionId: versionId } });
  return { promptId, versionId };
}

async function addVersion(promptId: string, patch: number, text: string, { workspaceId, userId } = ada): Promise<string> {
  const content = { kind: 'TEXT' as const, messages: [{ id: 'm', role: 'USER' as const, content: text }], variables: [], settings: { model: 'simulated/echo' }, tools: [] };
  const version = await kit.database.prisma.$transaction((tx) =>
    insertVersion(tx, { workspaceId, promptId }, { major: 1, minor: 0, patch }, { content, message: 'x', authorId: userId }),
  );
  return version.id;
}

const moveMain = (promptId: string, headVersionId: string) => kit.database.prisma.promptBranch.updateMany({ where: { promptId, name: 'main' }, data: { headVersionId } });

async function dependentsOf(promptId: string, identity = ada): Promise<string[]> {
  return (await kit.dependents.of(identity.workspaceId, promptId)).map(({ path, version, reference }) => `${path} ${version} ${JSON.stringify(reference)}`);
}

describe('what includes a prompt', () => {
  test('is named by path, version and reference, in the order of paths', async () => {
    await createPrompt('b/letter', '{% prompt "shared/tone" %} Dear {{ name }} {% prompt "shared/tone", version: "1.0.0" %}');
    const mail = await createPrompt('a/mail', '{% prompt "shared/tone", branch: "draft" %}');
    await createPrompt('c/other', '{% prompt "shared/other" %} shared/tone');
    expect(await dependentsOf(tone)).toEqual([
      'a/mail 1.0.0 {"path":"shared/tone","branch":"draft"}',
      'b/letter 1.0.0 {"path":"shared/tone","label":"production"}',
      'b/letter 1.0.0 {"path":"shared/tone","version":"1.0.0"}',
    ]);
    expect((await kit.dependents.of(ada.workspaceId, tone))[0]).toMatchObject(mail);
  });

  test('counts in its newest versions on branches that are not archived, and in labelled ones, but not in those that nobody gets any more', async () => {
    const { promptId, versionId } = await createPrompt('letter', '{% prompt "shared/tone" %}');
    await moveMain(promptId, await addVersion(promptId, 1, 'Alone'));
    expect(await dependentsOf(tone)).toEqual([]);

    await kit.labels.set(ada, { promptId, versionId, name: 'staging' });
    expect(await dependentsOf(tone)).toHaveLength(1);
    await kit.labels.remove(ada, { promptId, name: 'staging' });

    const { id } = await kit.database.prisma.promptBranch.create({ data: { workspaceId: ada.workspaceId, promptId, name: 'side', headVersionId: versionId } });
    expect(await dependentsOf(tone)).toHaveLength(1);
    await kit.database.prisma.promptBranch.update({ where: { id }, data: { archivedAt: new Date() } });
    expect(await dependentsOf(tone)).toEqual([]);
  });

  test('goes by where a prompt is now', async () => {
    await createPrompt('letter', '{% prompt "shared/tone" %}');
    await kit.database.prisma.prompt.update({ where: { id: tone }, data: { path: 'moved' } });
    expect(await dependentsOf(tone)).toEqual([]);
    const { promptId } = await createPrompt('shared/tone', 'New');
    expect(await dependentsOf(promptId)).toHaveLength(1);
  });

  test('is not the prompt itself, and nothing of another workspace', async () => {
    const eve = await createIdentity(kit.database);
    const theirs = await createPrompt('shared/tone', 'Theirs', eve);
    await createPrompt('letter', '{% prompt "shared/tone" %}', eve);
    await moveMain(tone, await addVersion(tone, 1, '{% prompt "shared/tone", version: "1.0.0" %}'));
    expect(await dependentsOf(tone)).toEqual([]);
    expect(await dependentsOf(tone, eve)).toEqual([]);
    expect(await dependentsOf(theirs.promptId, eve)).toHaveLength(1);
    expect(await dependentsOf('no id')).toEqual([]);
  });

  test('is read for many prompts together', async () => {
    const others = await Promise.all(Array.from({ length: 20 }, (_, index) => createPrompt(`p${index}`, `{% prompt "shared/tone" %}`)));
    const includesAll = others.map((_, index) => `{% prompt "p${index}", branch: "main" %}`).join(' ');
    await createPrompt('everything', includesAll);
    const before = kit.queryCount();
    const found = await kit.dependents.byPrompt(ada.workspaceId, [tone, ...others.map(({ promptId }) => promptId)]);
    expect(kit.queryCount() - before).toBe(2);
    expect(found.get(tone)).toHaveLength(20);
    expect(found.size).toBe(21);
  });
});

describe('what a commit changes for those that include the prompt', () => {
  beforeEach(async () => {
    await createPrompt('at-label', '{% prompt "shared/tone" %}');
    await createPrompt('at-version', '{% prompt "shared/tone", version: "1.0.0" %}');
    await createPrompt('at-main', '{% prompt "shared/tone", branch: "main" %}');
    await createPrompt('at-draft', '{% prompt "shared/tone", branch: "draft" %}');
  });

  const changed = async (places: { branch: string; label?: string }) => (await kit.dependents.changedBy(ada.workspaceId, tone, places)).map(({ path }) => path);

  test('is those that refer to its branch; at a version nothing ever changes', async () => {
    expect(await changed({ branch: 'main' })).toEqual(['at-main']);
    expect(await changed({ branch: 'draft' })).toEqual(['at-draft']);
    expect(await changed({ branch: 'production' })).toEqual([]);
  });

  test('is those at a label, too, when that moves along', async () => {
    expect(await changed({ branch: 'main', label: 'production' })).toEqual(['at-label', 'at-main']);
    expect(await changed({ branch: 'main', label: 'staging' })).toEqual(['at-main']);
  });
});
