import { type RerunExecutionInput, type StepModelInput, type StepPromptVersionInput } from '../../../../schema/reruns.js';
import { InvalidInputError } from '../../../errors.js';
import { type ModelCatalogues } from '../../prompts/content/model-catalogue.js';
import { type PromptsService } from '../../prompts/prompt.service.js';
import { type StepDefinition } from '../../workflows/definition.js';
import { allSteps } from '../../workflows/nested-steps.js';
import { type StepPrompts } from '../../workflows/step-prompts.js';
import { promptSettingsSchema } from '../../workflows/step-types/prompt.step-type.js';
import { type WorkflowsService } from '../../workflows/workflow.service.js';
import { type Lockfile } from '../execution.types.js';
import { pinPrompts } from '../lockfile.js';

export interface LockfileChangesDependencies {
  workflows: Pick<WorkflowsService, 'version'>;
  prompts: Pick<PromptsService, 'versionsByIds'>;
  stepPrompts: StepPrompts;
  models: ModelCatalogues;
}

/** Other prompt versions and models for single steps, everything else staying as it is pinned. */
export class LockfileChanges {
  constructor(private readonly deps: LockfileChangesDependencies) {}

  /** @throws InvalidInputError naming what does not fit, as `input.promptVersions…` or `input.models…` */
  async apply(workspaceId: string, lockfile: Lockfile, { promptVersions, models }: Pick<RerunExecutionInput, 'promptVersions' | 'models'>): Promise<Lockfile> {
    const changed = structuredClone(lockfile);
    for (const [index, change] of (promptVersions ?? []).entries()) await this.changePrompt(workspaceId, changed, change, `input.promptVersions.${index}`);
    if (!models?.length) return changed;
    const catalogue = await this.deps.models.of(workspaceId);
    for (const [index, change] of models.entries()) {
      if (!catalogue.hasModel(change.model)) throw wrong(`input.models.${index}.model`, `There is no model named ${change.model}. Choose one that \`models\` lists.`);
      changeModel(changed, change, `input.models.${index}`);
    }
    return changed;
  }

  private async changePrompt(workspaceId: string, lockfile: Lockfile, change: StepPromptVersionInput, field: string): Promise<void> {
    const { within, path } = place(lockfile, change.stepKey, field);
    const { definition } = await this.deps.workflows.version(workspaceId, within.workflowVersionId);
    const step = allSteps(definition.steps).find((placed) => placed.path === path)?.step;
    if (step?.type !== 'PROMPT') throw wrong(`${field}.stepKey`, 'This is no step that sends a prompt. Give the key of one that does.');
    const settings = promptSettingsSchema.parse(step.settings);
    if (settings.promptId === undefined) throw wrong(`${field}.stepKey`, `Step "${step.name}" has content of its own, of which there are no versions.`);
    const version = await this.numberOf(workspaceId, change, settings.promptId, step, field);
    const [pinned] = await pinPrompts(this.deps.stepPrompts, workspaceId, [{ step, settings: { ...settings, at: { version } } }]);
    if (pinned) within.prompts[path] = pinned;
  }

  private async numberOf(workspaceId: string, { version, promptVersionId }: StepPromptVersionInput, promptId: string, step: StepDefinition, field: string): Promise<string> {
    if (typeof version === 'string' && !promptVersionId) return version;
    if (typeof version === 'string' || !promptVersionId) throw wrong(`${field}.version`, 'Give a version by its number or by its id.');
    const found = (await this.deps.prompts.versionsByIds(workspaceId, [promptVersionId])).get(promptVersionId);
    if (found?.promptId !== promptId) throw wrong(`${field}.promptVersionId`, `The prompt of step "${step.name}" has no such version. Choose one of its own.`);
    return found.version;
  }
}

function changeModel(lockfile: Lockfile, { stepKey, model }: StepModelInput, field: string): void {
  const { within, path } = place(lockfile, stepKey, field);
  const prompt = pinnedAt(within.prompts, path);
  const deciding = pinnedAt(within.models, path);
  // One model is asked, also where it were several before.
  if (prompt) within.prompts[path] = { ...prompt, settings: { ...prompt.settings, model }, models: undefined, mode: undefined };
  if (deciding) within.models[path] = { ...deciding, model };
}

/** The lockfile that pins a step, which may be one of a workflow that is called, and the step's path in it. */
function place(lockfile: Lockfile, path: string, field: string): { within: Lockfile; path: string } {
  if (pinnedAt(lockfile.prompts, path) ?? pinnedAt(lockfile.models, path)) return { within: lockfile, path };
  const [at, called] = Object.entries(lockfile.workflows ?? {}).find(([call]) => path.startsWith(`${call}/`)) ?? [];
  if (at === undefined || !called) throw wrong(`${field}.stepKey`, 'This run has no such step that asks a model. Give the key of one that does.');
  return place(called, path.slice(at.length + 1), field);
}

function pinnedAt<Pinned>(pinned: Readonly<Record<string, Pinned>>, path: string): Pinned | undefined {
  return Object.hasOwn(pinned, path) ? pinned[path] : undefined;
}

function wrong(field: string, message: string): InvalidInputError {
  return new InvalidInputError([{ field, message }]);
}
