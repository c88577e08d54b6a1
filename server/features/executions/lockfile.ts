import { InvalidInputError } from '../../errors.js';
import { type PromptContent } from '../prompts/content/content.js';
import { type ReferencePins, variablesOf } from '../prompts/content/reference-resolver.js';
import { type StepDefinition } from '../workflows/definition.js';
import { allSteps } from '../workflows/nested-steps.js';
import { type RunPlace, type StepPrompts } from '../workflows/step-prompts.js';
import { decisionSettingsSchema } from '../workflows/step-types/decision.step-type.js';
import { type PromptSettings, promptSettingsSchema } from '../workflows/step-types/prompt.step-type.js';
import { type WorkflowVersionRecord } from '../workflows/workflow.store.js';
import { type CalledVersions, type CallTree } from './called-versions.js';
import { type Lockfile, type PinnedPrompt } from './execution.types.js';
import { pinsIncludedBy } from './pinned-references.js';

export interface LockfileSources {
  prompts: StepPrompts;
  called: CalledVersions;
}

const usualRepairs = 1;

export function branchPlace(branch: string | null | undefined): RunPlace | undefined {
  return typeof branch === 'string' ? { branch } : undefined;
}

/**
 * Pins what an execution uses: of each PROMPT step the version that its prompt is at now, or its own content, the versions that it includes,
 * nested ones too, and the models with the settings that hold for them.
 * @param place the branch or label at which every prompt that has it is taken
 * @throws InvalidInputError when a prompt is gone, includes something that is, or by now wants a variable that its step does not give; for a branch
 * or a label that no prompt has, too
 */
export async function makeLockfile({ prompts, called }: LockfileSources, workspaceId: string, head: WorkflowVersionRecord, place: RunPlace | undefined): Promise<Lockfile> {
  const tree = await called.of(workspaceId, head);
  const used = [...versionsIn(tree)].flatMap((version) =>
    allSteps(version.definition.steps)
      .filter(({ step }) => step.type === 'PROMPT')
      .map(({ path, step }) => ({ version, path, step, settings: promptSettingsSchema.parse(step.settings) })),
  );
  const pinned = await pinPrompts(prompts, workspaceId, used, place);
  if (place) checkPlace(place, pinned);
  return toLockfile(
    tree,
    used.flatMap(({ version, path }, index): Pinned[] => {
      const prompt = pinned[index];
      return prompt ? [{ version, path, prompt }] : [];
    }),
  );
}

/** A PROMPT step and what its settings say, perhaps otherwise than its definition has it. */
export interface UsedPrompt {
  step: StepDefinition;
  settings: PromptSettings;
}

/**
 * What each step runs at this moment, in their order.
 * @param place the branch or label at which every prompt that has it is taken
 * @throws InvalidInputError when a prompt is gone, includes something that is, or wants a variable that its step does not give
 */
export async function pinPrompts(prompts: StepPrompts, workspaceId: string, used: readonly UsedPrompt[], place?: RunPlace): Promise<PinnedPrompt[]> {
  const resolved = await prompts.resolve(
    workspaceId,
    used.map(({ settings }) => settings),
    place,
  );
  return used.map(({ step, settings }, index): PinnedPrompt => {
    const found = resolved.prompts[index];
    const problem = found?.referenceProblem ?? found?.problems[0]?.message;
    if (found?.problems[0]?.field === 'promptId') throw refused(`Step "${step.name}" uses a prompt that is no longer there. Choose another one.`);
    if (!found?.content || problem !== undefined) throw refused(`Step "${step.name}" can't run. ${problem ?? ''}`);
    const { content, at } = found;
    checkInputs(step, content, resolved.pins, found.name);
    const from = found.version ? { promptVersionId: found.version.id, promptVersion: found.version.version, at } : { content };
    return { ...from, ...modelsOf(settings, content), references: pinsIncludedBy(content, resolved.pins) };
  });
}

/** The lockfile, but for what these steps use, those within them included, which is what an earlier one has pinned. */
export function lockfileKeeping(lockfile: Lockfile, earlier: Lockfile, kept: ReadonlySet<string>): Lockfile {
  const mix = <T>(pinned: Readonly<Record<string, T>> = {}, before: Readonly<Record<string, T>> = {}): Record<string, T> => {
    const isKept = ([path]: [string, T]) => kept.has(path.split('/', 1)[0] ?? path);
    return Object.fromEntries([...Object.entries(pinned).filter((entry) => !isKept(entry)), ...Object.entries(before).filter(isKept)]);
  };
  const { prompts, models, workflows } = lockfile;
  const mixed = { ...lockfile, prompts: mix(prompts, earlier.prompts), models: mix(models, earlier.models) };
  return workflows || earlier.workflows ? { ...mixed, workflows: mix(workflows, earlier.workflows) } : mixed;
}

/** Of the execution that runs for an item of a MAP step. */
export function lockfileWithin({ prompts, models, workflows = {}, ...lockfile }: Lockfile, stepKey: string): Lockfile {
  return { ...lockfile, prompts: within(prompts, stepKey), models: within(models, stepKey), workflows: within(workflows, stepKey) };
}

function checkPlace(place: RunPlace, pinned: readonly PinnedPrompt[]): void {
  const [kind, name] = 'branch' in place ? (['branch', place.branch] as const) : (['label', place.label] as const);
  if (pinned.some(({ at }) => at?.[kind] === name)) return;
  const field = kind === 'branch' ? 'input.branch' : 'input.promptLabel';
  throw new InvalidInputError([{ field, message: `No prompt of this workflow has a ${kind} named "${name}". Give the name of a ${kind} that one of them has.` }]);
}

interface Pinned {
  version: WorkflowVersionRecord;
  path: string;
  prompt: PinnedPrompt;
}

function versionsIn({ version, calls }: CallTree): Set<WorkflowVersionRecord> {
  return new Set([version, ...[...calls.values()].flatMap((call) => [...versionsIn(call)])]);
}

function toLockfile({ version, calls }: CallTree, pinned: readonly Pinned[]): Lockfile {
  const prompts = pinned.filter((each) => each.version === version).map(({ path, prompt }): [string, PinnedPrompt] => [path, prompt]);
  const workflows = [...calls].map(([path, call]): [string, Lockfile] => [path, toLockfile(call, pinned)]);
  const own = { workflowVersionId: version.id, workflowVersion: version.number, prompts: Object.fromEntries(prompts), models: decidingModels(version.definition.steps) };
  return workflows.length > 0 ? { ...own, workflows: Object.fromEntries(workflows) } : own;
}

function within<T>(byPath: Readonly<Record<string, T>>, stepKey: string): Record<string, T> {
  const start = `${stepKey}/`;
  return Object.fromEntries(Object.entries(byPath).flatMap(([path, value]): [string, T][] => (path.startsWith(start) ? [[path.slice(start.length), value]] : [])));
}

function decidingModels(steps: readonly StepDefinition[]): Lockfile['models'] {
  const deciding = allSteps(steps).filter(({ step }) => step.type === 'DECISION').map(({ path, step }) => ({ path, ...decisionSettingsSchema.parse(step.settings) }));
  return Object.fromEntries(deciding.flatMap(({ path, mode, model }) => (mode === 'MODEL' && model ? [[path, model]] : [])));
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
