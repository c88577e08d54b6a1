import { InvalidInputError } from '../../errors.js';
import { type ReferencePins, type ReferenceResolver, variablesOf } from '../prompts/content/reference-resolver.js';
import { type PromptsService, type PromptVersionRecord } from '../prompts/prompt.service.js';
import { type StepDefinition } from '../workflows/definition.js';
import { promptSettingsSchema } from '../workflows/step-types/prompt.step-type.js';
import { type WorkflowVersionRecord } from '../workflows/workflow.store.js';
import { type Lockfile, type PinnedPrompt } from './execution.types.js';
import { pinsIncludedBy } from './pinned-references.js';

/**
 * Pins what an execution uses: each PROMPT step's newest prompt version on `main`, the versions that it includes, nested ones too, and the model
 * settings that hold for it.
 * @throws InvalidInputError when a prompt is gone, includes something that is, or by now wants a variable that its step does not give
 */
export async function makeLockfile(
  { prompts, references }: { prompts: PromptsService; references: ReferenceResolver },
  workspaceId: string,
  version: WorkflowVersionRecord,
): Promise<Lockfile> {
  const promptSteps = version.definition.steps.filter(({ type }) => type === 'PROMPT').map((step) => ({ step, settings: promptSettingsSchema.parse(step.settings) }));
  const heads = await prompts.heads(
    workspaceId,
    promptSteps.map(({ settings }) => settings.promptId),
  );
  const used = promptSteps.map(({ step, settings }) => {
    const head = heads.get(settings.promptId);
    if (!head) throw refused(`Step "${step.name}" uses a prompt that is no longer there. Choose another one.`);
    return { step, head, model: settings.model ?? head.settings };
  });
  const { pins, problems } = await references.tryResolve(
    workspaceId,
    used.map(({ head }) => head),
  );
  const [problem] = problems;
  if (problem) throw refused(`Step "${used[problem.content]?.step.name ?? ''}" can't run. ${problem.message}`);
  const pinned = used.map(({ step, head, model }): [string, PinnedPrompt] => {
    checkInputs(step, head, pins);
    return [step.key, { promptVersionId: head.id, promptVersion: head.version, settings: model, references: pinsIncludedBy(head, pins) }];
  });
  return { workflowVersionId: version.id, workflowVersion: version.number, prompts: Object.fromEntries(pinned) };
}

function checkInputs(step: StepDefinition, head: PromptVersionRecord, pins: ReferencePins): void {
  const missing = variablesOf(head, pins)
    .filter(({ name, required, defaultValue }) => required && defaultValue === undefined && !step.inputs.some((input) => input.name === name))
    .map(({ name }) => name);
  if (missing.length > 0) {
    throw refused(`Step "${step.name}" gives no value for ${missing.join(', ')}, which version ${head.version} of its prompt wants. Map it and save the workflow.`);
  }
}

function refused(message: string): InvalidInputError {
  return new InvalidInputError([{ field: 'input.workflowId', message }]);
}
