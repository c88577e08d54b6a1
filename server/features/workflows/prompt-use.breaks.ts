import { type PromptContent, type PromptVariable } from '../prompts/content/content.js';
import { type ReferenceResolver, variablesOf } from '../prompts/content/reference-resolver.js';
import { type ValueChecker } from '../prompts/content/value-checker.js';
import { changedPins } from '../prompts/dependents/changed-pins.js';
import { type DependentsService } from '../prompts/dependents/dependents.service.js';
import { type PromptsService } from '../prompts/prompt.service.js';
import { StepCheck } from './prompt-use.check.js';
import { type PromptUseService, type StepUse } from './prompt-use.service.js';
import { type StepPrompts } from './step-prompts.js';
import { type PromptPlace } from './step-types/prompt.step-type.js';

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
 * Foresees which steps of workflows a change of a prompt would break: steps that run the prompt where it changes, and steps that run what includes it
 * there.
 */
export class PromptBreaks {
  constructor(
    private readonly uses: PromptUseService,
    private readonly prompts: PromptsService,
    private readonly dependents: DependentsService,
    private readonly stepPrompts: StepPrompts,
    private readonly references: ReferenceResolver,
    private readonly values: ValueChecker,
  ) {}

  /** Every step that would be broken and is not already, once for each thing that is wrong: those that run the prompt itself, then the others. */
  async of(workspaceId: string, change: PromptChange): Promise<BrokenStep[]> {
    const reached = await this.reach(workspaceId, change);
    const uses = eachStepOnce([...(await this.uses.byPrompt(workspaceId, [...reached])).values()].flat());
    if (uses.length === 0) return [];
    const { prompts, pins: pinsNow } = await this.stepPrompts.resolve(
      workspaceId,
      uses.map(({ source }) => source),
    );
    const { pins: pinsOfChange } = await this.references.tryResolve(workspaceId, [change.after]);
    const pins = new Map([...pinsOfChange, ...pinsNow]);
    const paths = await this.prompts.byIds(workspaceId, [change.promptId, ...reached]);
    const pinsAfter = changedPins(pins, paths.get(change.promptId)?.path ?? '', change, change.after);

    const broken = uses.map(async (use, index): Promise<BrokenStep[]> => {
      const { content, at } = prompts[index] ?? {};
      if (!content) return [];
      const itself = use.promptId === change.promptId && isChanged(at, change);
      const messages = await this.newProblems(workspaceId, use, variablesOf(content, pins), variablesOf(itself ? change.after : content, pinsAfter));
      const through = throughWhat(use, change, paths.get(use.promptId)?.path);
      return messages.map((message) => ({ workflowId: use.workflowId, stepKey: use.step.key, stepName: use.step.name, problem: `${through}${message}` }));
    });
    return (await Promise.all(broken)).flat();
  }

  /** Prompts that may give another result when they are run: the prompt itself, those that include it where it changes, and whatever includes these. */
  private async reach(workspaceId: string, { promptId, ...places }: PromptChange): Promise<Set<string>> {
    const direct = await this.dependents.changedBy(workspaceId, promptId, places);
    return new Set([promptId, ...(await this.dependents.reaching(workspaceId, promptId, direct)).map((dependent) => dependent.promptId)]);
  }

  private async newProblems(workspaceId: string, { step, definition }: StepUse, before: readonly PromptVariable[], after: readonly PromptVariable[]): Promise<string[]> {
    const check = new StepCheck(step, definition.inputs, this.values.for(workspaceId));
    const known = new Set((await check.problems(before)).map(({ key }) => key));
    return (await check.problems(after)).filter(({ key }) => !known.has(key)).map(({ message }) => message);
  }
}

/** A step with content of its own may include several of the prompts that are reached. */
function eachStepOnce(uses: readonly StepUse[]): StepUse[] {
  return [...new Map(uses.toReversed().map((use) => [`${use.workflowId} ${use.step.key}`, use])).values()].reverse();
}

function isChanged(at: PromptPlace | undefined, { branch, label }: PromptChange): boolean {
  return at !== undefined && ((at.branch !== undefined && at.branch === branch) || (at.label !== undefined && at.label === label));
}

function throughWhat({ promptId, source }: StepUse, change: PromptChange, path: string | undefined): string {
  if (promptId !== change.promptId) return source.inline ? `The step includes ${path}, which includes this prompt. ` : `The step runs ${path}, which includes this prompt. `;
  return source.inline ? 'The step includes this prompt. ' : '';
}
