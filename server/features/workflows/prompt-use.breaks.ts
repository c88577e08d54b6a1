import { type PromptContent, type PromptVariable } from '../prompts/content/content.js';
import { type PromptReference, referenceKey } from '../prompts/content/reference.js';
import { type ReferencePins, type ReferenceResolver, variablesOf } from '../prompts/content/reference-resolver.js';
import { type ValueChecker } from '../prompts/content/value-checker.js';
import { type DependentsService } from '../prompts/dependents/dependents.service.js';
import { mainBranch } from '../prompts/history/branch-name.js';
import { type PromptsService } from '../prompts/prompt.service.js';
import { StepCheck } from './prompt-use.check.js';
import { type PromptUseService, type StepUse } from './prompt-use.service.js';

/** A prompt's branch that is about to have another content. */
export interface PromptChange {
  promptId: string;
  branch: string;
  /** A label that moves along. */
  label?: string | null | undefined;
  after: Pick<PromptContent, 'messages' | 'variables'>;
}

export interface BrokenStep {
  workflowId: string;
  stepKey: string;
  stepName: string;
  /** In words, with what to do. */
  problem: string;
}

const deepest = 10;

/**
 * Foresees which steps of workflows a change of a prompt would break. Steps run what is newest on `main`, so a change there reaches them at once; a
 * change on any branch reaches them through prompts that include the prompt from there.
 */
export class PromptBreaks {
  constructor(
    private readonly uses: PromptUseService,
    private readonly prompts: PromptsService,
    private readonly dependents: DependentsService,
    private readonly references: ReferenceResolver,
    private readonly values: ValueChecker,
  ) {}

  /** Every step that would be broken and is not already, once for each thing that is wrong: those that run the prompt itself, then the others. */
  async of(workspaceId: string, change: PromptChange): Promise<BrokenStep[]> {
    const reached = await this.reach(workspaceId, change);
    const heads = await this.prompts.heads(workspaceId, [...reached]);
    if (heads.size === 0) return [];
    const { pins } = await this.references.tryResolve(workspaceId, [...heads.values(), change.after]);
    const paths = await this.prompts.byIds(workspaceId, [change.promptId, ...reached]);
    const pinsAfter = withChanged(pins, change, paths.get(change.promptId)?.path ?? '');

    const uses = await this.uses.byPrompt(workspaceId, [...reached]);
    const broken = [...uses.values()].flat().map(async (use): Promise<BrokenStep[]> => {
      const head = heads.get(use.promptId);
      if (!head) return [];
      const itself = use.promptId === change.promptId;
      const through = itself ? '' : `The step runs ${paths.get(use.promptId)?.path}, which includes this prompt. `;
      const messages = await this.newProblems(workspaceId, use, variablesOf(head, pins), variablesOf(itself ? change.after : head, pinsAfter));
      return messages.map((message) => ({ workflowId: use.workflowId, stepKey: use.step.key, stepName: use.step.name, problem: `${through}${message}` }));
    });
    return (await Promise.all(broken)).flat();
  }

  /** Prompts that may give another result when they are run: the prompt itself, those that include it where it changes, and whatever includes these. */
  private async reach(workspaceId: string, { promptId, ...places }: PromptChange): Promise<Set<string>> {
    const reached = new Set([promptId]);
    let level = await this.dependents.changedBy(workspaceId, promptId, places);
    for (let depth = 0; depth < deepest && level.length > 0; depth++) {
      const fresh = [...new Set(level.map((dependent) => dependent.promptId))].filter((id) => !reached.has(id));
      for (const id of fresh) reached.add(id);
      level = [...(await this.dependents.byPrompt(workspaceId, fresh)).values()].flat();
    }
    if (places.branch !== mainBranch) reached.delete(promptId);
    return reached;
  }

  private async newProblems(workspaceId: string, { step, definition }: StepUse, before: readonly PromptVariable[], after: readonly PromptVariable[]): Promise<string[]> {
    const check = new StepCheck(step, definition.inputs, this.values.for(workspaceId));
    const known = new Set((await check.problems(before)).map(({ key }) => key));
    return (await check.problems(after)).filter(({ key }) => !known.has(key)).map(({ message }) => message);
  }
}

/** What references come to once the change is made. */
function withChanged(pins: ReferencePins, { branch, label, after }: PromptChange, path: string): ReferencePins {
  const changed: PromptReference[] = [{ path, branch }, ...(label ? [{ path, label }] : [])];
  const replaced = new Map(pins);
  for (const key of changed.map(referenceKey)) {
    const pin = pins.get(key);
    if (pin) replaced.set(key, { ...pin, version: { ...pin.version, messages: after.messages, variables: after.variables } });
  }
  return replaced;
}
