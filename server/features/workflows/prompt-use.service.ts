import { isId } from '../../input.js';
import { type PromptUse, type PromptUses } from '../prompts/library/prompt-uses.js';
import { type StepDefinition, type WorkflowDefinition } from './definition.js';
import { type PromptUseStore } from './prompt-use.store.js';
import { type PromptReference } from '../prompts/content/reference.js';
import { referencesOf } from '../prompts/content/template.js';
import { type PromptSource, promptSettingsSchema } from './step-types/prompt.step-type.js';

/** A step of a workflow's newest version that runs a prompt, or includes it in content of its own. */
export interface StepUse {
  promptId: string;
  workflowId: string;
  workflowName: string;
  definition: WorkflowDefinition;
  step: StepDefinition;
  source: PromptSource;
}

/** Finds the steps of workflows that run prompts. */
export class PromptUseService implements PromptUses {
  constructor(private readonly store: PromptUseStore) {}

  /** By the prompt's id; workflows in the order of their names, steps as they stand in their workflow. */
  async byPrompt(workspaceId: string, promptIds: readonly string[]): Promise<Map<string, StepUse[]>> {
    const uses = new Map<string, StepUse[]>(promptIds.filter(isId).map((id) => [id, []]));
    for (const { promptId, path, ...workflow } of await this.store.findMentions(workspaceId, [...uses.keys()])) {
      for (const step of workflow.definition.steps) {
        const source = sourceOf(step);
        if (source?.promptId === promptId || includedBy(source).some((reference) => reference.path === path)) uses.get(promptId)?.push({ ...workflow, promptId, step, source: source ?? {} });
      }
    }
    return uses;
  }

  async of(workspaceId: string, promptId: string): Promise<PromptUse[]> {
    const uses = (await this.byPrompt(workspaceId, [promptId])).get(promptId) ?? [];
    return uses.map(({ workflowName, step }) => ({ workflow: workflowName, step: step.name }));
  }
}

function sourceOf({ type, settings }: StepDefinition): PromptSource | undefined {
  const read = type === 'PROMPT' ? promptSettingsSchema.safeParse(settings).data : undefined;
  return read && { promptId: read.promptId, at: read.at, inline: read.inline };
}

function includedBy(source: PromptSource | undefined): readonly PromptReference[] {
  return source?.inline ? referencesOf({ messages: source.inline.messages.map((message, index) => ({ id: String(index), ...message })) }) : [];
}
