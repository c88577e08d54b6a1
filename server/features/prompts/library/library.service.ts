import { type UpdatePromptInput } from '../../../../schema/prompt-library.js';
import { InvalidInputError, NotFoundError } from '../../../errors.js';
import { isId, line, optionalText } from '../../../input.js';
import { InputProblems } from '../../../input-problems.js';
import { type Identity } from '../../auth/identity.js';
import { type LabelsService } from '../labels/label.service.js';
import { type DependentsService } from '../dependents/dependents.service.js';
import { isPath, pathRule } from '../path.js';
import { longestDescription, longestName, type PromptRecord, type PromptsService } from '../prompt.service.js';
import { brokenUsesConflict } from './broken-uses.js';
import { type LibraryStore, type PromptChanges } from './library.store.js';
import { type PromptUses } from './prompt-uses.js';
import { tagList } from './tag.js';

const mostMoved = 100;

/** What becomes of prompts as a whole: how they are described, where they are kept, whether they are there at all. */
export class LibraryService {
  constructor(
    private readonly store: LibraryStore,
    private readonly prompts: PromptsService,
    private readonly labels: LabelsService,
    private readonly dependents: DependentsService,
    private readonly uses: PromptUses,
  ) {}

  /**
   * Describes a prompt anew, or moves it. Whoever refers to it by its path must be told when that changes: nothing leads on from the old one.
   * @throws ConflictError naming the prompts that refer to it by its path, unless `acceptBroken`
   * @throws InvalidInputError naming every field that is wrong; a path that is taken, too
   */
  async update(identity: Identity, input: UpdatePromptInput): Promise<PromptRecord> {
    const { workspaceId } = identity;
    const prompt = await this.prompts.get(workspaceId, input.id);
    const changes = await this.changesOf(workspaceId, prompt, input);
    if (Object.values(changes).every((change) => change === undefined)) return prompt;
    if (changes.path !== undefined && !input.acceptBroken) {
      const conflict = brokenUsesConflict(`Changing the path ${prompt.path}`, { dependents: await this.dependents.of(workspaceId, prompt.id), workflows: [] });
      if (conflict) throw conflict;
    }
    const outcome = await this.store.update(workspaceId, prompt.id, changes);
    if (outcome === 'gone') throw new NotFoundError('prompt');
    if (outcome === 'no-folder') throw new NotFoundError('folder');
    if (outcome === 'path-taken') throw new InvalidInputError([{ field: 'input.path', message: `There is a prompt at ${changes.path} already. Choose another path.` }]);
    return this.prompts.get(workspaceId, prompt.id);
  }

  /** Takes a prompt out of lists that don't ask for archived ones. Callers, other prompts and workflows go on using it as before, and it can be committed to. */
  async archive({ workspaceId }: Identity, id: string): Promise<PromptRecord> {
    return this.setArchived(workspaceId, id, new Date());
  }

  async unarchive({ workspaceId }: Identity, id: string): Promise<PromptRecord> {
    return this.setArchived(workspaceId, id, null);
  }

  /**
   * Moves prompts into a folder, or out of all folders: all of them or none.
   * @returns them in the order that they were given in
   */
  async move({ workspaceId }: Identity, ids: readonly string[], folderId: string | undefined): Promise<PromptRecord[]> {
    const distinct = [...new Set(ids)];
    if (distinct.length < 1 || distinct.length > mostMoved) throw new InvalidInputError([{ field: 'ids', message: `Give 1 to ${mostMoved} prompts to move.` }]);
    if (!distinct.every(isId)) throw new NotFoundError('prompt');
    if (folderId !== undefined && !isId(folderId)) throw new NotFoundError('folder');
    const outcome = await this.store.move(workspaceId, distinct, folderId);
    if (outcome !== 'moved') throw new NotFoundError(outcome === 'no-prompt' ? 'prompt' : 'folder');
    const moved = await this.prompts.byIds(workspaceId, distinct);
    return distinct.flatMap((id) => moved.get(id) ?? []);
  }

  /**
   * Deletes a prompt for good, with its versions, branches, labels and their history, tags, drafts and runs. Runs of workflows keep what they were sent and
   * answered.
   * @throws ConflictError naming the prompts that include it and the workflow steps that run it, unless `acceptBroken`
   * @throws ForbiddenError when it has a protected label and the caller is no OWNER
   */
  async delete(identity: Identity, id: string, acceptBroken: boolean): Promise<void> {
    const { workspaceId } = identity;
    const prompt = await this.prompts.get(workspaceId, id);
    const labels = (await this.labels.byPrompt(workspaceId, [id])).get(id) ?? [];
    for (const { name } of labels) await this.labels.checkMayMove(identity, name);
    if (!acceptBroken) {
      const [dependents, workflows] = await Promise.all([this.dependents.of(workspaceId, id), this.uses.of(workspaceId, id)]);
      const conflict = brokenUsesConflict(`Deleting ${prompt.path}`, { dependents, workflows });
      if (conflict) throw conflict;
    }
    if (!(await this.store.delete(workspaceId, id))) throw new NotFoundError('prompt');
  }

  /** By the prompt's id, in the order of the alphabet. */
  async tagsOf(workspaceId: string, promptIds: readonly string[]): Promise<Map<string, string[]>> {
    const tags = new Map<string, string[]>(promptIds.map((id) => [id, []]));
    for (const { promptId, name } of await this.store.tagsOf(workspaceId, promptIds)) tags.get(promptId)?.push(name);
    return tags;
  }

  /** Tags of prompts that are not archived and how many have each, the most used first. */
  tagCounts(workspaceId: string): Promise<{ name: string; count: number }[]> {
    return this.store.countTags(workspaceId);
  }

  /** What of the input differs from the prompt as it is. */
  private async changesOf(workspaceId: string, prompt: PromptRecord, input: UpdatePromptInput): Promise<PromptChanges> {
    const problems = new InputProblems();
    const given = <Value>(value: Value | null | undefined, read: (value: Value) => Value | undefined) => (value === undefined || value === null ? undefined : read(value));
    const name = given(input.name, (value) => problems.read(line(longestName), value, 'input.name'));
    const description = given(input.description, (value) => problems.read(optionalText(longestDescription), value, 'input.description'));
    const tags = given(input.tags, (value) => problems.read(tagList, value, 'input.tags'));
    const path = given(input.path, (value) => value.trim());
    if (path !== undefined && !isPath(path)) problems.add('input.path', pathRule);
    problems.throwIfAny();
    if (input.folderId && !isId(input.folderId)) throw new NotFoundError('folder');
    const hasTags = tags && (await this.tagsOf(workspaceId, [prompt.id])).get(prompt.id);
    const described = {
      name: name === prompt.name ? undefined : name,
      description: description === prompt.description ? undefined : description,
      path: path === prompt.path ? undefined : path,
      tags: JSON.stringify(tags) === JSON.stringify(hasTags) ? undefined : tags,
    };
    const isDescribedAnew = Object.values(described).some((value) => value !== undefined);
    const folderId = (input.folderId ?? undefined) === prompt.folderId ? undefined : input.folderId;
    return { ...described, folderId, ...(isDescribedAnew && { updatedAt: new Date() }) };
  }

  private async setArchived(workspaceId: string, id: string, at: Date | null): Promise<PromptRecord> {
    await this.prompts.get(workspaceId, id);
    await this.store.setArchived(workspaceId, id, at);
    return this.prompts.get(workspaceId, id);
  }
}
