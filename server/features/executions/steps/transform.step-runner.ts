import { type Sandbox } from '../../../sandbox/sandbox.js';
import { transformSettingsSchema } from '../../workflows/step-types/transform.step-type.js';
import { type PreparedStep, type StepRunner, type StepWork } from './step-runner.js';

export class TransformStepRunner implements StepRunner {
  constructor(private readonly sandbox: Sandbox) {}

  async prepare({ execution, step, input, signal }: StepWork): Promise<PreparedStep> {
    const { expression } = transformSettingsSchema.parse(step.settings);
    const output = await this.sandbox.evaluate(expression, input, { signal, timeoutMs: step.timeoutMs, fairnessKey: execution.workspaceId });
    return { kind: 'done', result: { output } };
  }
}
