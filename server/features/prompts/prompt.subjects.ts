import { type AuditSnapshot, type SubjectReader } from '../audit/audit-subjects.js';
import { type BranchesService } from './history/branch.service.js';
import { type LabelsService } from './labels/label.service.js';
import { type FoldersService } from './library/folder.service.js';
import { type LibraryService } from './library/library.service.js';
import { type PromptsService } from './prompt.service.js';

export interface PromptSubjectSources {
  prompts: PromptsService;
  branches: BranchesService;
  labels: LabelsService;
  folders: FoldersService;
  library: LibraryService;
}

/** What the audit log tells of prompts: which version each branch and label is at. The versions themselves are never changed, and are kept. */
export function promptSubjects({ prompts, branches, labels, folders, library }: PromptSubjectSources): Record<string, SubjectReader> {
  const readPrompt = async (workspaceId: string, id: string): Promise<AuditSnapshot> => {
    const [{ name, path, description, folderId, archivedAt }, lines, marks, tags] = await Promise.all([
      prompts.get(workspaceId, id),
      branches.byPrompt(workspaceId, [id]),
      labels.byPrompt(workspaceId, [id]),
      library.tagsOf(workspaceId, [id]),
    ]);
    const placed = [...(lines.get(id) ?? []).map((branch) => branch.headVersionId), ...(marks.get(id) ?? []).map((label) => label.versionId)];
    const versions = await prompts.versionsByIds(workspaceId, placed);
    const at = (versionId: string) => versions.get(versionId)?.version ?? versionId;
    return {
      name,
      facts: {
        name,
        path,
        description,
        folder: folderId ?? null,
        tags: tags.get(id) ?? [],
        archived: archivedAt !== undefined,
        branches: Object.fromEntries((lines.get(id) ?? []).map((branch) => [branch.name, at(branch.headVersionId)])),
        labels: Object.fromEntries((marks.get(id) ?? []).map((label) => [label.name, at(label.versionId)])),
      },
    };
  };
  return {
    prompt: readPrompt,
    promptVersion: async (workspaceId, id) => {
      const { promptId, version } = await prompts.version(workspaceId, id);
      const { name, facts } = await readPrompt(workspaceId, promptId);
      return { name: `${name} ${version}`, facts: { branches: facts.branches } };
    },
    promptBranch: async (workspaceId, id) => {
      const branch = await branches.byId(workspaceId, id);
      const prompt = await prompts.get(workspaceId, branch.promptId);
      return { name: `${prompt.name}: ${branch.name}`, facts: { name: branch.name, archived: branch.archivedAt !== undefined } };
    },
    promptFolder: async (workspaceId, id) => {
      const folder = (await folders.byIds(workspaceId, [id])).get(id);
      return folder && { name: folder.name, facts: { name: folder.name, parent: folder.parentId ?? null, colour: folder.colour ?? null } };
    },
    protectedLabels: async (workspaceId) => ({ name: 'Protected labels', facts: { names: await labels.protectedNames(workspaceId) } }),
    prompts: () => Promise.resolve({ name: 'Prompts', facts: {} }),
  };
}
