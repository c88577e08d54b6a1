import { InvalidInputError } from '../../errors.js';
import { type PromptsService } from '../prompts/prompt.service.js';
import { promptSettingsSchema } from '../workflows/step-types/prompt.step-type.js';
import { type WorkflowVersionRecord } from '../workflows/workflow.store.js';
import { type Lockfile } from './execution.types.js';

/**
 * Pins what an execution uses: each PROMPT step's newest prompt version on `main` and the model settings that hold for it.
 * @throws InvalidInputError when a prompt is gone, or by now wants a variable that its step does not give
 */
export async function makeLockfile(prompts: PromptsService, workspaceId: string, version: WorkflowVersionRecord): Promise<Lockfile> {
  const promptSteps = version.definition.steps
    .filter(({ type }) => type === 'PROMPT')
    .map((step) => ({ step, settings: promptSettingsSchema.parse(step.settings) }));
  const heads = await prompts.heads(
    workspaceId,
    promptSteps.map(({ settings }) => settings.promptId),
  );
  const refuse = (message: string) => new InvalidInputError([{ field: 'input.workflowId', message }]);
  const pinned = promptSteps.map(({ step, settings }) => {
    const head = heads.get(settings.promptId);
    if (!head) throw refuse(`Step "${step.name}" uses a prompt that is no longer there. Choose another one.`);
    const missing = head.variables.filter(({ name }) => !step.inputs.some((input) => input.name === name)).map(({ name }) => name);
    if (missing.length > 0) {
      throw refuse(`Step "${step.name}" gives no value for ${missing.join(', ')}, which version ${head.version} of its prompt wants. Map it and save the workflow.`);
    }
    return [step.key, { promptVersionId: head.id, promptVersion: head.version, settings: settings.model ?? head.settings }] as const;
  });
  return { workflowVersionId: version.id, workflowVersion: version.number, prompts: Object.fromEntries(pinned) };
}
