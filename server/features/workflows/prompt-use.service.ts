import { isId } from '../../input.js';
import { type PromptUse, type PromptUses } from '../prompts/library/prompt-uses.js';
import { type StepDefinition, type WorkflowDefinition } from './definition.js';
import { type PromptUseStore } from './prompt-use.store.js';
import { promptSettingsSchema } from './step-types/prompt.step-type.js';

/** A step of a workflow's newest version that runs a prompt. */
export interface StepUse {
  promptId: string;
  workflowId: string;
  workflowName: string;
  definition: WorkflowDefinition;
  step: StepDefinition;
}

/** Finds the steps of workflows that run prompts. */
export class PromptUseService implements PromptUses {
  constructor(private readonly store: PromptUseStore) {}

  /** By the prompt's id; workflows in the order of their names, steps as they stand in their workflow. */
  async byPrompt(workspaceId: string, promptIds: readonly string[]): Promise<Map<string, StepUse[]>> {
    const uses = new Map<string, StepUse[]>(promptIds.filter(isId).map((id) => [id, []]));
    for (const { workflowId, workflowName, definition } of await this.store.findMentions(workspaceId, [...uses.keys()])) {
      for (const step of definition.steps) {
        const promptId = promptOf(step);
        if (promptId) uses.get(promptId)?.push({ promptId, workflowId, workflowName, definition, step });
      }
    }
    return uses;
  }

  async of(workspaceId: string, promptId: string): Promise<PromptUse[]> {
    const uses = (await this.byPrompt(workspaceId, [promptId])).get(promptId) ?? [];
    return uses.map(({ workflowName, step }) => ({ workflow: workflowName, step: step.name }));
  }
}

function promptOf({ type, settings }: StepDefinition): string | undefined {
  return type === 'PROMPT' ? promptSettingsSchema.safeParse(settings).data?.promptId : undefined;
}
