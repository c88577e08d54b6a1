import { z } from 'zod';
import { type Sandbox } from '../../../sandbox/sandbox.js';
import { type DecisionSettings, decisionSettingsSchema, outcomesOf } from '../../workflows/step-types/decision.step-type.js';
import { StepError } from '../step-failure.js';
import { type ModelAsking } from './model-asking.js';
import { type PreparedStep, type StepResult, type StepRunner, type StepWork } from './step-runner.js';

const repairs = 1;
const answerSchema = z.object({ outcome: z.string() });

/** Gives the name of one of its outcomes: the first whose expression is true, or the one that a model chooses. */
export class DecisionStepRunner implements StepRunner {
  constructor(
    private readonly sandbox: Sandbox,
    private readonly models: ModelAsking,
  ) {}

  async prepare(work: StepWork): Promise<PreparedStep> {
    const settings = decisionSettingsSchema.parse(work.step.settings);
    return settings.mode === 'EXPRESSION' ? { kind: 'done', result: { output: await this.firstTrue(work, settings) } } : this.ask(work, settings);
  }

  private async firstTrue({ execution, step, input, signal }: StepWork, { outcomes, otherwise }: DecisionSettings): Promise<string> {
    const options = { signal, timeoutMs: step.timeoutMs, fairnessKey: execution.workspaceId };
    for (const { name, expression } of outcomes) {
      if (expression !== undefined && (await this.sandbox.evaluate(`$boolean((${expression}\n))`, input, options)) === true) return name;
    }
    if (otherwise !== undefined) return otherwise;
    throw new StepError('NO_OUTCOME', 'None of the expressions is true. Say which outcome holds otherwise, or widen an expression.');
  }

  private async ask(work: StepWork, settings: DecisionSettings): Promise<PreparedStep> {
    const { execution, step, input } = work;
    const model = execution.lockfile.models[step.key];
    if (!model) throw new Error(`The lockfile of execution ${execution.id} pins no model for step ${step.key}.`);
    const names = outcomesOf(settings);
    const prepared = await this.models.prepare(work, {
      models: [model],
      messages: [
        { role: 'SYSTEM', content: instructions(settings, names) },
        { role: 'USER', content: `${settings.question ?? ''}\n\n${JSON.stringify(input, null, 2)}` },
      ],
      outputSchema: { type: 'object', properties: { outcome: { type: 'string', enum: names } }, required: ['outcome'], additionalProperties: false },
      repairs,
    });
    if (prepared.kind !== 'call') return prepared;
    return { ...prepared, call: (context) => decide(prepared.call(context)) };
  }
}

async function decide(asked: Promise<StepResult>): Promise<StepResult> {
  const result = await asked;
  return { ...result, output: answerSchema.parse(result.output).outcome };
}

function instructions({ outcomes, otherwise }: DecisionSettings, names: readonly string[]): string {
  const descriptions = new Map(outcomes.map(({ name, description }) => [name, description]));
  const list = names.map((name) => {
    const description = descriptions.get(name) || (name === otherwise ? 'when none of the others fits' : undefined);
    return `- ${name}${description ? `: ${description}` : ''}`;
  });
  return `Choose exactly one of these outcomes by its name:\n${list.join('\n')}\nAnswer with JSON such as ${JSON.stringify({ outcome: names[0] })} and nothing else.`;
}
