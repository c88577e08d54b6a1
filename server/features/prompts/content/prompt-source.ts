import { type PromptSourceInput } from '../../../../schema/prompt-rendering.js';
import { InvalidInputError, NotFoundError } from '../../../errors.js';
import { InputProblems } from '../../../input-problems.js';
import { type PromptsService } from '../prompt.service.js';
import { type PromptContent } from './content.js';
import { type ContentReader } from './content-reader.js';
import { defaultLabel, type PromptReference, referenceProblem, targetOf, toReference } from './reference.js';
import { type VersionFinder } from './version-finder.js';
import { type PromptVersionRecord } from './version-row.js';

/** One version, by its id or by what a caller calls it. */
export interface VersionName {
  id?: string | null | undefined;
  path?: string | null | undefined;
  label?: string | null | undefined;
  version?: string | null | undefined;
  branch?: string | null | undefined;
}

/** What is to be rendered or run. */
export interface PromptSource {
  content: PromptContent;
  /** Undefined where the content is no version. */
  version: PromptVersionRecord | undefined;
  /** The prompt that it is of; undefined where there is none yet. */
  promptId: string | undefined;
}

const ways = ['label', 'version', 'branch'] as const;

/** Finds what callers ask for: a version by id, by path at a label, a version or a branch, or content that is no version. */
export class PromptSources {
  constructor(
    private readonly prompts: PromptsService,
    private readonly finder: VersionFinder,
    private readonly contents: ContentReader,
  ) {}

  /**
   * @param field where the names stand in the caller's input; absent: each is an argument of its own
   * @throws InvalidInputError unless it is named in exactly one way
   * @throws NotFoundError saying what the prompt lacks, and what it has
   */
  async version(workspaceId: string, name: VersionName, field?: string): Promise<PromptVersionRecord> {
    const at = (part: string) => (field ? `${field}.${part}` : part);
    const given = ways.filter((way) => typeof name[way] === 'string');
    if (typeof name.id === 'string') {
      if (name.path || given.length > 0) throw refused(at(field ? 'versionId' : 'id'), 'An id is enough: leave path, label, version and branch out.');
      return this.prompts.version(workspaceId, name.id);
    }
    if (typeof name.path !== 'string') throw refused(at('path'), `Name a version: by ${field ? 'versionId' : 'id'}, or by path.`);
    const [kind = 'label', another] = given;
    if (another) throw refused(at(another), 'Give one of label, version and branch.');
    return this.find(workspaceId, toReference({ path: name.path, kind, at: name[kind] ?? defaultLabel }), at);
  }

  /** As `version`; or content that a person wrote, which is read as if it were to be committed. */
  async read(workspaceId: string, source: PromptSourceInput, field: string): Promise<PromptSource> {
    const { content: written, versionId, promptId, kind, ...name } = source;
    if (!written) {
      if (promptId) throw refused(`${field}.promptId`, 'This goes with content. Name a version by versionId, or by path.');
      const version = await this.version(workspaceId, { id: versionId, ...name }, field);
      return { content: version, version, promptId: version.promptId };
    }
    const other = versionId ?? name.path ?? ways.map((way) => name[way]).find((value) => value);
    if (other) throw refused(field, 'Give content, or name a version; not both.');
    const head = promptId ? await this.headOf(workspaceId, promptId) : undefined;
    const ofKind = head?.kind ?? kind;
    if (!ofKind) throw refused(`${field}.kind`, 'Say whether it is a TEXT or a CHAT prompt, or which prompt it belongs to.');
    const problems = new InputProblems();
    const content = await this.contents.read(workspaceId, { kind: ofKind, base: head }, written, problems, `${field}.content`);
    problems.throwIfAny();
    return { content, version: undefined, promptId: head?.promptId };
  }

  private async find(workspaceId: string, reference: PromptReference, at: (part: string) => string): Promise<PromptVersionRecord> {
    const [version] = await this.finder.find(workspaceId, [reference]);
    if (version) return version;
    const { kind, ...target } = targetOf(reference);
    const problem = referenceProblem({ kind, ...target });
    if (problem && kind === 'version') throw refused(at('version'), problem);
    throw new NotFoundError(kind, await this.finder.whyMissing(workspaceId, reference));
  }

  private async headOf(workspaceId: string, promptId: string): Promise<PromptVersionRecord> {
    const head = (await this.prompts.heads(workspaceId, [promptId])).get(promptId);
    if (!head) throw new NotFoundError('prompt');
    return head;
  }
}

function refused(field: string, message: string): InvalidInputError {
  return new InvalidInputError([{ field, message }]);
}
