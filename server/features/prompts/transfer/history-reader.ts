import { exactText, line, optionalText } from '../../../input.js';
import { type InputProblems } from '../../../input-problems.js';
import { hashOfContent, type PromptContent } from '../content/content.js';
import { type ContentReader } from '../content/content-reader.js';
import { targetOf } from '../content/reference.js';
import { referencesOf } from '../content/template.js';
import { mainBranch } from '../history/branch-name.js';
import { parseVersion } from '../history/semver.js';
import { labelName } from '../labels/label-name.js';
import { isPath, pathRule } from '../path.js';
import { type ExportedPrompt, type ExportedVersion } from './format.js';
import { OrderedIds } from '../../../ordered-ids.js';
import { type NewHistory } from './transfer.store.js';

const mostVersions = 5_000;
const tag = exactText().regex(/^\S(.{0,38}\S)?$/u, 'Keep a tag to 40 characters on one line.');

/** Checks an exported prompt and gives everything in it an id of this workspace. */
export class HistoryReader {
  constructor(private readonly contents: ContentReader) {}

  /** @returns undefined where something is wrong with it, having noted what in `problems` */
  async read(workspaceId: string, prompt: ExportedPrompt, of: { userId: string; folderId: string | null }, problems: InputProblems): Promise<NewHistory | undefined> {
    this.checkAbout(prompt, problems);
    checkVersions(prompt.versions, problems);
    checkNames(prompt, problems);
    if (problems.any) return undefined;
    const contents = await this.readContents(workspaceId, prompt, problems);
    return problems.any ? undefined : assignIds(prompt, contents, of);
  }

  private checkAbout({ path, name, description, tags }: ExportedPrompt, problems: InputProblems): void {
    if (!isPath(path)) problems.add('path', pathRule);
    problems.read(line(100), name, 'name');
    problems.read(optionalText(2_000), description, 'description');
    if (tags.length > 20) problems.add('tags', 'Keep this to 20 tags.');
    for (const [index, each] of tags.entries()) problems.read(tag, each, `tags.${index}`);
  }

  private async readContents(workspaceId: string, { kind, versions }: ExportedPrompt, problems: InputProblems): Promise<PromptContent[]> {
    const contents: PromptContent[] = [];
    for (const { version, message, author, ...content } of versions) {
      const field = `versions.${version}`;
      problems.read(line(500), message, `${field}.message`);
      problems.read(line(200), author, `${field}.author`);
      contents.push(await this.contents.read(workspaceId, { kind }, content, problems, field));
      // One broken version says enough, and a long history would take long.
      if (problems.any) break;
    }
    return contents;
  }
}

function checkVersions(versions: readonly ExportedVersion[], problems: InputProblems): void {
  if (versions.length > mostVersions) problems.add('versions', `Keep this to ${mostVersions} versions.`);
  const seen = new Set<string>();
  for (const [index, { version, parents }] of versions.slice(0, mostVersions).entries()) {
    if (seen.has(version)) problems.add(`versions.${version}`, 'There are two versions of this number.');
    if (index > 0 && parents.length === 0) problems.add(`versions.${version}.parents`, 'Only the first version has no parent.');
    for (const parent of parents) if (!seen.has(parent)) problems.add(`versions.${version}.parents`, `Its parent ${parent} does not stand before it.`);
    seen.add(version);
  }
}

function checkNames({ versions, branches, labels, labelMoves }: ExportedPrompt, problems: InputProblems): void {
  const numbers = new Set(versions.map(({ version }) => version));
  const branchNames = new Set(branches.map(({ name }) => name));
  const known = (number: string | null, field: string) => {
    if (number !== null && !numbers.has(number)) problems.add(field, `There is no version ${number} in this document.`);
  };
  if (branchNames.size < branches.length) problems.add('branches', 'Two branches have the same name.');
  if (branches.every(({ name, archivedAt }) => name !== mainBranch || archivedAt !== null)) problems.add('branches', `The branch ${mainBranch} is missing or archived.`);
  for (const { name, head } of branches) {
    problems.read(labelName, name, `branches.${name}`);
    known(head, `branches.${name}.head`);
  }
  for (const { version, branch } of versions) if (!branchNames.has(branch)) problems.add(`versions.${version}.branch`, `There is no branch ${branch} in this document.`);
  if (new Set(labels.map(({ name }) => name)).size < labels.length) problems.add('labels', 'Two labels have the same name.');
  for (const { name, version } of labels) {
    problems.read(labelName, name, `labels.${name}`);
    known(version, `labels.${name}.version`);
  }
  for (const [index, { label, from, to, by }] of labelMoves.entries()) {
    problems.read(labelName, label, `labelMoves.${index}.label`);
    problems.read(line(200), by, `labelMoves.${index}.by`);
    known(from, `labelMoves.${index}.from`);
    known(to, `labelMoves.${index}.to`);
  }
}

/** @param contents of the versions, in their order */
function assignIds(prompt: ExportedPrompt, contents: readonly PromptContent[], { userId, folderId }: { userId: string; folderId: string | null }): NewHistory {
  const ids = (): ((at: string) => string) => {
    const ordered = new OrderedIds();
    return (at) => ordered.next(new Date(at));
  };
  const [idOfVersion, idOfBranch, idOfLabel, idOfMove] = [ids(), ids(), ids(), ids()];
  const versionIds = new Map(prompt.versions.map(({ version, createdAt }) => [version, idOfVersion(createdAt)]));
  const branchIds = new Map(prompt.branches.map(({ name, createdAt }) => [name, idOfBranch(createdAt)]));
  return {
    prompt: {
      id: ids()(prompt.createdAt),
      path: prompt.path,
      name: prompt.name,
      description: prompt.description,
      folderId,
      createdAt: new Date(prompt.createdAt),
      updatedAt: new Date(prompt.updatedAt),
      archivedAt: dateOf(prompt.archivedAt),
    },
    kind: prompt.kind,
    tags: prompt.tags,
    versions: prompt.versions.flatMap(({ version, parents, branch, message, author, createdAt }, index) => {
      const content = contents[index];
      if (!content) return [];
      return {
        id: known(versionIds, version),
        number: parseVersion(version),
        parentIds: parents.map((parent) => known(versionIds, parent)),
        branchId: known(branchIds, branch),
        message,
        authorId: userId,
        originalAuthor: author,
        createdAt: new Date(createdAt),
        content,
        contentHash: hashOfContent(content),
        references: referencesOf(content).map(targetOf).map(({ path, kind, at }) => ({ path, kind: kind.toUpperCase(), at })),
      };
    }),
    branches: prompt.branches.map(({ name, head, createdAt, archivedAt }) => ({
      id: known(branchIds, name),
      name,
      headVersionId: known(versionIds, head),
      createdAt: new Date(createdAt),
      archivedAt: dateOf(archivedAt),
    })),
    labels: prompt.labels.map(({ name, version, movedAt }) => ({
      id: idOfLabel(movedAt),
      name,
      versionId: known(versionIds, version),
      movedById: userId,
      movedAt: new Date(movedAt),
    })),
    moves: prompt.labelMoves.map(({ label, from, to, by, at }) => ({
      id: idOfMove(at),
      label,
      fromVersionId: from === null ? null : known(versionIds, from),
      toVersionId: to === null ? null : known(versionIds, to),
      movedById: userId,
      originalMover: by,
      movedAt: new Date(at),
    })),
  };
}

function known(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`${name} was not checked.`);
  return id;
}

function dateOf(time: string | null): Date | null {
  return time === null ? null : new Date(time);
}
