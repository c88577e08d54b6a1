import { InvalidInputError } from '../../errors.js';
import { type PromptContent } from '../prompts/content/content.js';
import { type ReferencePins, variablesOf } from '../prompts/content/reference-resolver.js';
import { type StepDefinition } from '../workflows/definition.js';
import { type StepPrompts } from '../workflows/step-prompts.js';
import { decisionSettingsSchema } from '../workflows/step-types/decision.step-type.js';
import { type PromptSettings, promptSettingsSchema } from '../workflows/step-types/prompt.step-type.js';
import { type WorkflowVersionRecord } from '../workflows/workflow.store.js';
import { type Lockfile, type PinnedPrompt } from './execution.types.js';
import { pinsIncludedBy } from './pinned-references.js';

const usualRepairs = 1;

/**
 * Pins what an execution uses: of each PROMPT step the version that its prompt is at now, or its own content, the versions that it includes,
 * nested ones too, and the models with the settings that hold for them.
 * @param branch which every prompt that has it is taken from
 * @throws InvalidInputError when a prompt is gone, includes something that is, or by now wants a variable that its step does not give; for a branch
 * that no prompt has, too
 */
export async function makeLockfile(prompts: StepPrompts, workspaceId: string, version: WorkflowVersionRecord, branch: string | undefined): Promise<Lockfile> {
  const used = version.definition.steps.filter(({ type }) => type === 'PROMPT').map((step) => ({ step, settings: promptSettingsSchema.parse(step.settings) }));
  const resolved = await prompts.resolve(
    workspaceId,
    used.map(({ settings }) => settings),
    branch,
  );
  if (branch !== undefined && !resolved.prompts.some(({ at }) => at?.branch === branch)) {
    throw new InvalidInputError([{ field: 'input.branch', message: `No prompt of this workflow has a branch named "${branch}". Give the name of a branch that one of them has.` }]);
  }
  const pinned = used.map(({ step, settings }, index): [string, PinnedPrompt] => {
    const found = resolved.prompts[index];
    const problem = found?.referenceProblem ?? found?.problems[0]?.message;
    if (found?.problems[0]?.field === 'promptId') throw refused(`Step "${step.name}" uses a prompt that is no longer there. Choose another one.`);
    if (!found?.content || problem !== undefined) throw refused(`Step "${step.name}" can't run. ${problem ?? ''}`);
    const { content, at } = found;
    checkInputs(step, content, resolved.pins, found.name);
    const from = found.version ? { promptVersionId: found.version.id, promptVersion: found.version.version, at } : { content };
    return [step.key, { ...from, ...modelsOf(settings, content), references: pinsIncludedBy(content, resolved.pins) }];
  });
  return { workflowVersionId: version.id, workflowVersion: version.number, prompts: Object.fromEntries(pinned), models: decidingModels(version.definition.steps) };
}

function decidingModels(steps: readonly StepDefinition[]): Lockfile['models'] {
  const deciding = steps.filter(({ type }) => type === 'DECISION').map(({ key, settings }) => ({ key, ...decisionSettingsSchema.parse(settings) }));
  return Object.fromEntries(deciding.flatMap(({ key, mode, model }) => (mode === 'MODEL' && model ? [[key, model]] : [])));
}

function modelsOf({ model, models, mode, repairs = usualRepairs }: PromptSettings, { settings, outputSchema }: PromptContent): Pick<PinnedPrompt, 'settings' | 'models' | 'mode' | 'repairs'> {
  return { settings: model ?? models?.[0] ?? settings, ...(models && { models, mode }), ...(outputSchema && { repairs }) };
}

function checkInputs(step: StepDefinition, content: PromptContent, pins: ReferencePins, prompt: string): void {
  const missing = variablesOf(content, pins)
    .filter(({ name, required, defaultValue }) => required && defaultValue === undefined && !step.inputs.some((input) => input.name === name))
    .map(({ name }) => name);
  if (missing.length === 0) return;
  const wanting = `${prompt.charAt(0).toLowerCase()}${prompt.slice(1)}`.replace('of the prompt', 'of its prompt');
  throw refused(`Step "${step.name}" gives no value for ${missing.join(', ')}, which ${wanting} wants. Map it and save the workflow.`);
}

function refused(message: string): InvalidInputError {
  return new InvalidInputError([{ field: 'input.workflowId', message }]);
}
