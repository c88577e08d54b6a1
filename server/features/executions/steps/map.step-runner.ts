import { mapSettingsSchema } from '../../workflows/step-types/map.step-type.js';
import { type NewChild } from '../child.store.js';
import { type Children } from '../children.service.js';
import { lockfileWithin } from '../lockfile.js';
import { StepError } from '../step-failure.js';
import { type PreparedStep, type StepRunner, type StepWork } from './step-runner.js';
import { StepSettings } from './step-settings.js';

const mostItems = 10_000;

/** Runs its steps for each item of a list, every item in an execution of its own. */
export class MapStepRunner implements StepRunner {
  private readonly settings = new StepSettings(mapSettingsSchema);

  constructor(private readonly children: Children) {}

  async prepare(work: StepWork): Promise<PreparedStep> {
    const { execution, step, input } = work;
    const { steps, maxParallel, onItemError } = this.settings.of(step);
    const { items, ...inputs } = input;
    if (!Array.isArray(items)) throw new StepError('BAD_ITEMS', `The input "items" of step "${step.name}" is no list. Take it from a list.`);
    if (items.length > mostItems) throw new StepError('BAD_ITEMS', `Step "${step.name}" was given ${items.length} items. Keep this to ${mostItems}.`);
    const common = {
      workflowId: execution.workflowId,
      workflowVersionId: execution.workflowVersionId,
      scope: [...(execution.scope ?? []), step.key],
      lockfile: lockfileWithin(execution.lockfile, step.key),
      limits: { maxRuns: undefined, runKey: undefined, maxRunsPerKey: undefined },
      stepKeys: steps.map(({ key }) => key),
    };
    const child = (index: number): NewChild => ({ ...common, itemIndex: index, inputs: { ...inputs, item: items[index], index } });
    return this.children.advance(work, {
      count: items.length,
      maxParallel,
      stopAtFailure: onItemError === 'STOP',
      child,
      output: (outputs) => outputs,
      name: ({ itemIndex }) => `Item ${itemIndex} of step "${step.name}"`,
    });
  }

  resume(work: StepWork): Promise<PreparedStep> {
    return this.prepare(work);
  }
}
