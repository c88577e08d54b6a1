import { type PromptContent } from '../content/content.js';
import { type ReferenceResolver, variablesOf } from '../content/reference-resolver.js';
import { contractChanges } from '../history/contract.js';
import { type PromptsService } from '../prompt.service.js';
import { changedPins } from './changed-pins.js';
import { type DependentRecord } from './dependent.store.js';
import { type DependentsService } from './dependents.service.js';

/** A label of a prompt that is about to be at another version. */
export interface LabelChange {
  promptId: string;
  label: string;
  after: PromptContent;
}

export interface BrokenDependent {
  dependent: DependentRecord;
  /** In words. */
  problem: string;
}

/** Foresees which prompts can't be called as before once a label of a prompt that they include moves. */
export class DependentBreaks {
  constructor(
    private readonly dependents: DependentsService,
    private readonly prompts: PromptsService,
    private readonly references: ReferenceResolver,
  ) {}

  /** Those that include it there themselves, and those that include these; not what is broken already. */
  async of(workspaceId: string, { promptId, label, after }: LabelChange): Promise<BrokenDependent[]> {
    const direct = await this.dependents.changedBy(workspaceId, promptId, { label });
    if (direct.length === 0) return [];
    const reached = await this.dependents.reaching(workspaceId, promptId, direct);
    const versions = await this.prompts.versionsByIds(workspaceId, reached.map(({ versionId }) => versionId));
    const { pins, problems } = await this.references.tryResolve(workspaceId, [{ ...after, promptId }, ...versions.values()]);
    const pinsAfter = changedPins(pins, direct[0]?.reference.path ?? '', { label }, after);
    const nowhere = problems.filter(({ content }) => content === 0).map(({ message }) => message);
    return [...versions.values()].flatMap((version, index): BrokenDependent[] => {
      const dependent = reached.find(({ versionId }) => versionId === version.id);
      const brokenAlready = problems.some(({ content }) => content === index + 1);
      if (!dependent || brokenAlready) return [];
      const changes = contractChanges({ variables: variablesOf(version, pins) }, { variables: variablesOf(version, pinsAfter) });
      const messages = [...nowhere, ...changes.filter(({ bump }) => bump === 'MAJOR').map(({ message }) => message)];
      return messages.length > 0 ? [{ dependent, problem: messages.join(' ') }] : [];
    });
  }
}
