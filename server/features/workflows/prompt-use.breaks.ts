import { type PromptContent, type PromptVariable } from '../prompts/content/content.js';
import { type ReferenceResolver, variablesOf } from '../prompts/content/reference-resolver.js';
import { type ValueChecker } from '../prompts/content/value-checker.js';
import { changedPins } from '../prompts/dependents/changed-pins.js';
import { type DependentsService } from '../prompts/dependents/dependents.service.js';
import { mainBranch } from '../prompts/history/branch-name.js';
import { type PromptsService } from '../prompts/prompt.service.js';
import { StepCheck } from './prompt-use.check.js';
import { type PromptUseService, type StepUse } from './prompt-use.service.js';

/** A prompt that is about to have another content, on a branch or at a label. */
export interface PromptChange {
  promptId: string;
  /** Absent: a label moves alone. */
  branch?: string | undefined;
  /** A label that moves, perhaps along. */
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
    const pinsAfter = changedPins(pins, paths.get(change.promptId)?.path ?? '', change, change.after);

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
    const direct = await this.dependents.changedBy(workspaceId, promptId, places);
    const reached = new Set([promptId, ...(await this.dependents.reaching(workspaceId, promptId, direct)).map((dependent) => dependent.promptId)]);
    if (places.branch !== mainBranch) reached.delete(promptId);
    return reached;
  }

  private async newProblems(workspaceId: string, { step, definition }: StepUse, before: readonly PromptVariable[], after: readonly PromptVariable[]): Promise<string[]> {
    const check = new StepCheck(step, definition.inputs, this.values.for(workspaceId));
    const known = new Set((await check.problems(before)).map(({ key }) => key));
    return (await check.problems(after)).filter(({ key }) => !known.has(key)).map(({ message }) => message);
  }
}
