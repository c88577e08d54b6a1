import { mainBranch } from '../history/branch-name.js';
import { type ExportDocument, type ExportedPrompt, formatName, formatVersion } from './format.js';
import { type FolderRow, type PromptHistory } from './transfer.store.js';

/** The document of some prompts. `names` are of the people who wrote versions and moved labels. */
export function writeDocument(histories: readonly PromptHistory[], folders: readonly FolderRow[], names: ReadonlyMap<string, string>): ExportDocument {
  const pathOf = folderPaths(folders);
  const used = histories.flatMap(({ prompt }) => chainOf(folders, prompt.folderId));
  return {
    format: formatName,
    version: formatVersion,
    folders: folders
      .filter((folder) => used.includes(folder))
      .map(({ id, colour }) => ({ path: pathOf(id), colour }))
      .sort((one, other) => (one.path.join('\0') < other.path.join('\0') ? -1 : 1)),
    prompts: histories.map((history) => writePrompt(history, history.prompt.folderId === null ? null : pathOf(history.prompt.folderId), names)),
  };
}

function writePrompt({ prompt, kind, tags, versions, branches, labels, moves }: PromptHistory, folder: string[] | null, names: ReadonlyMap<string, string>): ExportedPrompt {
  const numbers = new Map(versions.map(({ id, number }) => [id, number]));
  const branchNames = new Map(branches.map(({ id, name }) => [id, name]));
  const numberOf = (id: string | null) => (id === null ? null : (numbers.get(id) ?? null));
  const nameOf = (id: string) => names.get(id) ?? 'Former member';
  return {
    path: prompt.path,
    name: prompt.name,
    description: prompt.description,
    kind,
    folder,
    tags,
    createdAt: prompt.createdAt.toISOString(),
    updatedAt: prompt.updatedAt.toISOString(),
    archivedAt: prompt.archivedAt?.toISOString() ?? null,
    versions: versions.map(({ number, parentIds, branchId, message, authorId, originalAuthor, createdAt, content }) => ({
      version: number,
      parents: parentIds.flatMap((id) => numbers.get(id) ?? []),
      branch: (branchId === null ? undefined : branchNames.get(branchId)) ?? mainBranch,
      message,
      author: originalAuthor ?? nameOf(authorId),
      createdAt: createdAt.toISOString(),
      messages: content.messages,
      variables: content.variables,
      settings: content.settings,
      tools: content.tools,
      ...(content.outputSchema && { outputSchema: content.outputSchema }),
    })),
    branches: branches.map(({ name, headVersionId, createdAt, archivedAt }) => ({
      name,
      head: numbers.get(headVersionId) ?? '',
      createdAt: createdAt.toISOString(),
      archivedAt: archivedAt?.toISOString() ?? null,
    })),
    labels: labels.map(({ name, versionId, movedAt }) => ({ name, version: numbers.get(versionId) ?? '', movedAt: movedAt.toISOString() })),
    labelMoves: moves.map(({ label, fromVersionId, toVersionId, movedById, originalMover, movedAt }) => ({
      label,
      from: numberOf(fromVersionId),
      to: numberOf(toVersionId),
      by: originalMover ?? nameOf(movedById),
      at: movedAt.toISOString(),
    })),
  };
}

/** From the top to a folder, by its id. */
function folderPaths(folders: readonly FolderRow[]): (id: string) => string[] {
  return (id) => chainOf(folders, id).map(({ name }) => name);
}

function chainOf(folders: readonly FolderRow[], id: string | null): FolderRow[] {
  const folder = folders.find((each) => each.id === id);
  return folder ? [...chainOf(folders, folder.parentId), folder] : [];
}
