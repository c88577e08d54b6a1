import { type DiscardPromptDraftInput, type SavePromptDraftInput } from '../../../../schema/prompt-drafts.js';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../errors.js';
import { isId } from '../../../input.js';
import { jsonProblem } from '../../../input-problems.js';
import { type Identity } from '../../auth/identity.js';
import { type ModelCatalogues } from '../content/model-catalogue.js';
import { mainBranch } from '../history/branch-name.js';
import { type PromptRecord, type PromptsService, type PromptVersionRecord } from '../prompt.service.js';
import { type DraftBody, toDraftContent } from './draft-content.js';
import { type DraftPlace, type DraftStore, newDraft, type StoredDraft } from './draft.store.js';

export interface DraftRecord extends DraftBody {
  branch: string;
  /** Undefined for a prompt that does not exist yet. The version may be gone. */
  baseVersionId: string | undefined;
  revision: number;
  updatedAt: Date;
}

const longestBody = 1_000_000;
const mostRevisions = 2_147_483_647;

/** What people have written and not committed. Each sees only their own. Nothing is checked but its size: it may be unfinished. */
export class DraftsService {
  constructor(
    private readonly store: DraftStore,
    private readonly prompts: PromptsService,
    private readonly models: Pick<ModelCatalogues, 'defaultModel'>,
  ) {}

  /**
   * Keeps what the caller has written on a branch, or of a prompt that does not exist yet, in place of what they had written there before.
   * @throws ConflictError with the revision that there is, when that is not the expected one
   */
  async save(identity: Identity, input: SavePromptDraftInput): Promise<DraftRecord> {
    const prompt = input.promptId ? await this.prompts.get(identity.workspaceId, input.promptId) : undefined;
    const place = await this.placeOf(identity, input);
    const base = input.baseVersionId ? await this.prompts.version(identity.workspaceId, input.baseVersionId) : undefined;
    if (base && prompt && base.promptId !== prompt.id) throw new NotFoundError('version of this prompt');
    const change = {
      promptId: prompt?.id,
      baseVersionId: prompt && base?.id,
      expectedRevision: expectedRevisionOf(input),
      body: this.bodyOf(input, base),
    };
    const saved = await this.store.save(place, change);
    if (saved.outcome === 'outdated') throw conflict(saved.revision, saved.updatedAt);
    return toRecord(saved.draft, input.branch, prompt);
  }

  /** Throws away what the caller has written there, if anything. @returns what the draft was kept under */
  async discard(identity: Identity, input: DiscardPromptDraftInput): Promise<{ id: string }> {
    if (input.promptId) await this.prompts.get(identity.workspaceId, input.promptId);
    const place = await this.placeOf(identity, input);
    await this.store.discard(place);
    return { id: place.key };
  }

  /** What the caller has written of a prompt that does not exist yet. */
  async ofNewPrompt({ workspaceId, userId }: Identity): Promise<DraftRecord | null> {
    const [draft] = await this.store.findMany(workspaceId, userId, [newDraft]);
    return draft ? toRecord(draft, mainBranch) : null;
  }

  /** What the caller has written at each place; places without a draft are left out. */
  async at<Place extends { promptId: string; branch: string }>({ workspaceId, userId }: Identity, places: readonly Place[]): Promise<Map<Place, DraftRecord>> {
    const asked = places.map(({ promptId, branch }) => ({ promptId, name: branch }));
    const branches = await this.store.findBranches(workspaceId, asked);
    const drafts = await this.store.findMany(workspaceId, userId, branches.map(({ id }) => id));
    const prompts = await this.prompts.byIds(workspaceId, drafts.flatMap(({ promptId }) => promptId ?? []));
    const found = new Map<Place, DraftRecord>();
    for (const place of places) {
      const branch = branches.find(({ promptId, name }) => promptId === place.promptId && name === place.branch);
      const draft = branch && drafts.find(({ key }) => key === branch.id);
      if (draft) found.set(place, toRecord(draft, place.branch, prompts.get(place.promptId)));
    }
    return found;
  }

  private async placeOf({ workspaceId, userId }: Identity, { promptId, branch: name }: { promptId?: string | null; branch: string }): Promise<DraftPlace> {
    if (!promptId) return { workspaceId, userId, key: newDraft };
    const [branch] = isId(promptId) ? await this.store.findBranches(workspaceId, [{ promptId, name }]) : [];
    if (!branch) throw new NotFoundError('branch');
    return { workspaceId, userId, key: branch.id };
  }

  private bodyOf({ kind, name, path, description, content }: SavePromptDraftInput, base: PromptVersionRecord | undefined): DraftBody {
    const written = { kind: kind ?? base?.kind ?? 'TEXT', name, path, description };
    const body = { ...written, content: toDraftContent(content, base ?? { messages: [], settings: { model: this.models.defaultModel } }) };
    const problem = jsonProblem(body, longestBody);
    if (problem) throw new InvalidInputError([{ field: 'input', message: problem }]);
    return body;
  }
}

function expectedRevisionOf({ expectedRevision }: SavePromptDraftInput): number | undefined {
  if (typeof expectedRevision !== 'number') return undefined;
  if (expectedRevision >= 0 && expectedRevision <= mostRevisions) return expectedRevision;
  throw new InvalidInputError([{ field: 'input.expectedRevision', message: 'Give the revision that was read, or 0 where there was no draft.' }]);
}

/** A prompt that exists goes by its own name, whatever was written beside the draft. */
function toRecord({ baseVersionId, revision, updatedAt, content, ...about }: StoredDraft, branch: string, prompt?: PromptRecord): DraftRecord {
  const { kind, name, path, description } = prompt ?? about;
  return { branch, baseVersionId, revision, updatedAt, content, kind, name, path, description };
}

function conflict(revision: number, updatedAt: Date | undefined): ConflictError {
  const what = updatedAt ? 'This draft was saved elsewhere' : 'This draft was committed or discarded elsewhere';
  return new ConflictError(`${what} since you began to edit. Look at what is there now, then save yours over it or take that one.`, {
    revision,
    updatedAt: updatedAt?.toISOString() ?? null,
  });
}
