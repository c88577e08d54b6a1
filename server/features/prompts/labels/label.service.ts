import { type Connection } from '../../../../schema/connection.js';
import { type PreviewPromptLabelMoveInput, type RemovePromptLabelInput, type RollBackPromptLabelInput, type SetPromptLabelInput } from '../../../../schema/prompt-labels.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../../errors.js';
import { type EventBus } from '../../../events/event-bus.js';
import { groupBy } from '../../../group-by.js';
import { isId, parseInput } from '../../../input.js';
import { type PageRequest, toConnection } from '../../../pagination.js';
import { type Identity } from '../../auth/identity.js';
import { roleAllows } from '../../auth/permissions.js';
import { type PromptContent } from '../content/content.js';
import { isPath, pathRule } from '../path.js';
import { type PromptRecord, type PromptsService } from '../prompt.service.js';
import { type LabelFeed, type LabelFilter } from './label.feed.js';
import { labelName, newLabelName } from './label-name.js';
import { type LabelMoveRecord, type LabelPlace, type LabelRecord, type LabelStore } from './label.store.js';

/** Movable names for versions. Names that are protected in a workspace move by an OWNER's hand only. */
export class LabelsService {
  constructor(
    private readonly store: LabelStore,
    private readonly feed: LabelFeed,
    private readonly prompts: PromptsService,
    private readonly bus: EventBus,
  ) {}

  /**
   * Makes the label or moves it. Where it is at the version already, nothing happens, so that asking again does no harm.
   * @throws ConflictError naming where it is, when that is not where it was expected
   * @throws ForbiddenError when the name is protected and the caller is no OWNER
   */
  async set(identity: Identity, { promptId, versionId, expectedVersionId, name }: SetPromptLabelInput): Promise<LabelRecord> {
    const place = await this.placeOf(identity, { promptId, name });
    parseInput(await this.nameFor(identity.workspaceId, promptId, name), name, 'input.name');
    const version = await this.prompts.version(identity.workspaceId, versionId);
    if (version.promptId !== promptId) throw new NotFoundError('version of this prompt');
    if (expectedVersionId) await this.prompts.version(identity.workspaceId, expectedVersionId);
    const set = await this.store.set(place, { versionId, expectedVersionId, byId: identity.userId });
    if (set.outcome === 'elsewhere') throw await this.conflict(place, set.versionId);
    if (set.outcome === 'moved') this.announce(set.move);
    return set.label;
  }

  /** What making the label there, or moving it there, would come to; nothing is moved. Whoever may read may ask. */
  async previewMove({ workspaceId }: Identity, { promptId, versionId, name: given }: PreviewPromptLabelMoveInput): Promise<{ promptId: string; label: string; after: PromptContent }> {
    if (!isId(promptId)) throw new NotFoundError('prompt');
    await this.prompts.get(workspaceId, promptId);
    const label = parseInput(await this.nameFor(workspaceId, promptId, given), given, 'input.name');
    const after = await this.prompts.version(workspaceId, versionId);
    if (after.promptId !== promptId) throw new NotFoundError('version of this prompt');
    return { promptId, label, after };
  }

  /**
   * @returns the prompt that had it
   * @throws ForbiddenError when the name is protected and the caller is no OWNER
   */
  async remove(identity: Identity, input: RemovePromptLabelInput): Promise<PromptRecord> {
    const place = await this.placeOf(identity, input);
    const move = await this.store.remove(place, identity.userId);
    if (!move) throw new NotFoundError('label');
    this.announce(move);
    return this.prompts.get(identity.workspaceId, place.promptId);
  }

  /**
   * Moves the label one step back through the versions that it was at, so that rolling back again goes further back and never returns to what was
   * rolled back from. A label that was removed is made again where it stood.
   * @throws InvalidInputError when there is nothing before where it is
   * @throws ForbiddenError when the name is protected and the caller is no OWNER
   */
  async rollBack(identity: Identity, input: RollBackPromptLabelInput): Promise<LabelRecord> {
    const place = await this.placeOf(identity, input);
    const rolled = await this.store.rollBack(place, identity.userId);
    if (rolled.outcome === 'moved') {
      this.announce(rolled.move);
      return rolled.label;
    }
    if (!rolled.label) throw new NotFoundError('label');
    const { version } = await this.prompts.version(identity.workspaceId, rolled.label.versionId);
    throw new InvalidInputError([
      { field: 'input.name', message: `${place.name} was at no other version before ${version}, so there is nothing to roll it back to. Move it instead.` },
    ]);
  }

  /** @throws ForbiddenError when labels of this name are protected and the caller is no OWNER */
  async checkMayMove({ workspaceId, role, via }: Identity, name: string): Promise<void> {
    if (roleAllows(role, 'label:protect')) return;
    const [protectedName] = await this.store.findProtected(workspaceId, [name]);
    if (!protectedName) return;
    const whoever = via === 'apiKey' ? 'an API key may not, whoever made it' : `your role is ${role}`;
    throw new ForbiddenError(`The label ${name} is protected: only an OWNER of this workspace may make, move, roll back or remove it, and ${whoever}. Ask an OWNER.`);
  }

  /** What a label that is moved to somewhere must be called: one that the prompt has may keep a name that a new one may not be given. */
  async nameFor(workspaceId: string, promptId: string, name: string): Promise<typeof labelName> {
    if (newLabelName.safeParse(name).success) return newLabelName;
    const labels = await this.store.findOfPrompts(workspaceId, [promptId]);
    return labels.some((label) => label.name === name.trim()) ? labelName : newLabelName;
  }

  /** Tells everybody who listens. Only after the move is committed. */
  announce({ workspaceId, promptId, id }: LabelMoveRecord): void {
    this.bus.publish('prompt.label.moved', { workspaceId, promptId, moveId: id });
  }

  /** Names that only an OWNER may move, in the order of the alphabet. */
  protectedNames(workspaceId: string): Promise<string[]> {
    return this.store.findProtected(workspaceId);
  }

  /** Which of the names are protected. */
  async protectedOf(workspaceId: string, names: readonly string[]): Promise<Set<string>> {
    return new Set(await this.store.findProtected(workspaceId, names));
  }

  /** @returns all protected names */
  async protect({ workspaceId }: Identity, name: string): Promise<string[]> {
    await this.store.protect(workspaceId, parseInput(labelName, name, 'name'));
    return this.protectedNames(workspaceId);
  }

  /** @returns all protected names */
  async unprotect({ workspaceId }: Identity, name: string): Promise<string[]> {
    await this.store.unprotect(workspaceId, parseInput(labelName, name, 'name'));
    return this.protectedNames(workspaceId);
  }

  /** By the prompt's id, in the order of their names; prompts without any are left out. */
  async byPrompt(workspaceId: string, promptIds: readonly string[]): Promise<Map<string, LabelRecord[]>> {
    return groupBy(await this.store.findOfPrompts(workspaceId, promptIds), ({ promptId }) => promptId);
  }

  /** By the version's id, in the order of their names; versions without any are left out. */
  async byVersion(workspaceId: string, versionIds: readonly string[]): Promise<Map<string, LabelRecord[]>> {
    return groupBy(await this.store.findOfVersions(workspaceId, versionIds), ({ versionId }) => versionId);
  }

  /** By the prompt's id, then the label's name: the version that rolling it back would take it to; labels with nothing to go back to are left out. */
  stepsBack(workspaceId: string, promptIds: readonly string[]): Promise<Map<string, Map<string, string>>> {
    return this.store.stepsBack(workspaceId, promptIds);
  }

  /** Of one label, newest first, from before it was removed, too. */
  async moves(workspaceId: string, { promptId, name }: LabelRecord, page: PageRequest): Promise<Connection<LabelMoveRecord>> {
    const moves = await this.store.listMoves({ workspaceId, promptId, name }, page);
    return toConnection(moves, page, (move) => move);
  }

  /** Each move from now on that the filter lets through, until the caller stops. */
  async follow({ workspaceId }: Identity, { promptId, path, label }: LabelFilter): Promise<AsyncIterableIterator<LabelMoveRecord>> {
    if (promptId) await this.prompts.get(workspaceId, promptId);
    if (path && !isPath(path)) throw new InvalidInputError([{ field: 'path', message: pathRule }]);
    return this.feed.follow(workspaceId, { promptId, path, label: label ? parseInput(labelName, label, 'label') : undefined });
  }

  private async placeOf(identity: Identity, { promptId, name: given }: { promptId: string; name: string }): Promise<LabelPlace> {
    if (!isId(promptId)) throw new NotFoundError('prompt');
    await this.prompts.get(identity.workspaceId, promptId);
    const name = parseInput(labelName, given, 'input.name');
    await this.checkMayMove(identity, name);
    return { workspaceId: identity.workspaceId, promptId, name };
  }

  private async conflict({ workspaceId, name }: LabelPlace, versionId: string | undefined): Promise<ConflictError> {
    const version = versionId === undefined ? undefined : (await this.prompts.version(workspaceId, versionId)).version;
    const where = version ? `is at version ${version} by now` : 'is at no version by now';
    return new ConflictError(`${name} ${where}. Look at what changed, then move it again.`, { versionId: versionId ?? null, version: version ?? null });
  }
}
