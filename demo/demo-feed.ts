import { styleText } from 'node:util';
import { z } from 'zod';
import { type DemoApi } from './demo-api.js';

const eventSchema = z.object({
  event: z.object({
    type: z.string(),
    stepKey: z.string().nullable(),
    payload: z
      .object({
        text: z.string(),
        model: z.string(),
        simulated: z.boolean(),
        durationMs: z.number(),
        usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }),
        retryAt: z.string(),
        error: z.object({ message: z.string() }),
        output: z.unknown(),
      })
      .partial(),
  }),
});
type FeedEvent = z.infer<typeof eventSchema>['event'];

export interface FollowedExecution {
  id: string;
  steps: readonly { key: string; name: string }[];
}

/** Prints an execution's live feed as it happens. @returns whether the execution completed */
export async function printFeed(api: DemoApi, execution: FollowedExecution, out: NodeJS.WriteStream): Promise<boolean> {
  const printer = new FeedPrinter(execution, out);
  const events = api.subscribe(
    'subscription ($id: ID!) { event: executionEvents(executionId: $id) { type stepKey payload } }',
    { id: execution.id },
    eventSchema,
  );
  for await (const { event } of events) {
    printer.print(event);
    if (event.type === 'EXECUTION_COMPLETED') return true;
    if (event.type === 'EXECUTION_FAILED') return false;
  }
  return false;
}

class FeedPrinter {
  /** The step whose text the cursor stands in. */
  private open: string | undefined;
  private readonly startedAt = Date.now();

  constructor(
    private readonly execution: FollowedExecution,
    private readonly out: NodeJS.WriteStream,
  ) {}

  print({ type, stepKey, payload }: FeedEvent): void {
    switch (type) {
      case 'STEP_STARTED':
        this.line(`${this.position(stepKey)} ${this.style('bold', this.nameOf(stepKey))}${payload.model ? this.style('dim', `  ${payload.model}${payload.simulated ? ' (simulated)' : ''}`) : ''}`);
        break;
      case 'STEP_OUTPUT':
        this.text(stepKey, payload.text ?? '');
        break;
      case 'STEP_COMPLETED':
        this.line(this.style('green', `      done in ${seconds(payload.durationMs ?? 0)}${tokens(payload.usage)}`));
        break;
      case 'STEP_RETRY_SCHEDULED':
        this.line(this.style('yellow', `      ${payload.error?.message ?? 'It failed.'} Trying again at ${payload.retryAt ?? 'once'}.`));
        break;
      case 'STEP_FAILED':
        this.line(this.style('red', `      failed: ${payload.error?.message ?? ''}`));
        break;
      case 'EXECUTION_COMPLETED':
        this.line(`\n${this.style('green', `Completed in ${seconds(Date.now() - this.startedAt)}${tokens(payload.usage)}.`)} Its output:\n`);
        this.line(JSON.stringify(payload.output, null, 2));
        break;
      case 'EXECUTION_FAILED':
        this.line(`\n${this.style('red', 'The run failed.')} ${payload.error?.message ?? ''}`);
        break;
    }
  }

  private text(stepKey: string | null, text: string): void {
    const indented = text.replaceAll('\n', '\n      ');
    this.out.write(this.open === stepKey ? indented : `      ${indented}`);
    this.open = stepKey ?? undefined;
  }

  private line(text: string): void {
    this.out.write(`${this.open === undefined ? '' : '\n'}${text}\n`);
    this.open = undefined;
  }

  private position(stepKey: string | null): string {
    const index = this.execution.steps.findIndex(({ key }) => key === stepKey);
    return this.style('cyan', `[${index + 1}/${this.execution.steps.length}]`);
  }

  private nameOf(stepKey: string | null): string {
    return this.execution.steps.find(({ key }) => key === stepKey)?.name ?? stepKey ?? '';
  }

  private style(format: Parameters<typeof styleText>[0], text: string): string {
    return this.out.isTTY ? styleText(format, text) : text;
  }
}

function seconds(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

function tokens(usage: { inputTokens: number; outputTokens: number } | undefined): string {
  if (!usage || usage.inputTokens + usage.outputTokens === 0) return '';
  return `, ${(usage.inputTokens + usage.outputTokens).toLocaleString('en')} tokens`;
}
