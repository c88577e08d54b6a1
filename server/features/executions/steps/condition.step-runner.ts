import { type Sandbox } from '../../../sandbox/sandbox.js';
import { conditionSettingsSchema } from '../../workflows/step-types/condition.step-type.js';
import { type PreparedStep, type StepRunner, type StepWork } from './step-runner.js';
import { StepSettings } from './step-settings.js';

/** Gives true or false, by which steps that depend on one outcome run or are skipped. */
export class ConditionStepRunner implements StepRunner {
  private readonly settings = new StepSettings(conditionSettingsSchema);

  constructor(private readonly sandbox: Sandbox) {}

  async prepare({ execution, step, input, signal }: StepWork): Promise<PreparedStep> {
    const { expression } = this.settings.of(step);
    // JSONata's own idea of truth, in which an empty list or text is false.
    const output = await this.sandbox.evaluate(`$boolean((${expression}\n))`, input, {
      signal,
      timeoutMs: step.timeoutMs,
      fairnessKey: execution.workspaceId,
    });
    return { kind: 'done', result: { output: output === true } };
  }
}
