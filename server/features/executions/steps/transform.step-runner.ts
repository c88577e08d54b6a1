import { type Sandbox } from '../../../sandbox/sandbox.js';
import { transformSettingsSchema } from '../../workflows/step-types/transform.step-type.js';
import { type PreparedStep, type StepRunner, type StepWork } from './step-runner.js';
import { StepSettings } from './step-settings.js';

export class TransformStepRunner implements StepRunner {
  private readonly settings = new StepSettings(transformSettingsSchema);

  constructor(private readonly sandbox: Sandbox) {}

  async prepare({ execution, step, input, signal }: StepWork): Promise<PreparedStep> {
    const { expression, template = '' } = this.settings.of(step);
    const options = { signal, timeoutMs: step.timeoutMs, fairnessKey: execution.workspaceId };
    if (expression !== undefined) return { kind: 'done', result: { output: await this.sandbox.evaluate(expression, input, options) } };
    const [text = ''] = await this.sandbox.render([template], input, options);
    return { kind: 'done', result: { output: text } };
  }
}
