import { type StepType, stepTypeSchema } from '../../workflows/definition.js';
import { approvedInPreview } from '../decisions/decision.js';
import { type PreparedStep, type StepRunner, type StepWork } from '../steps/step-runner.js';
import { type StepRunners } from '../steps/step-runners.js';

/** The same steps, but in the previewed execution those that are pinned give what they are pinned to, and none waits for a time or a person. */
export function previewRunners(runners: StepRunners, executionId: string, pinned: ReadonlyMap<string, unknown>): StepRunners {
  const wrapped: Record<StepType, StepRunner> = { ...runners };
  for (const type of stepTypeSchema.options) wrapped[type] = new PreviewRunner(runners[type], executionId, pinned);
  return wrapped;
}

class PreviewRunner implements StepRunner {
  constructor(
    private readonly runner: StepRunner,
    private readonly executionId: string,
    private readonly pinned: ReadonlyMap<string, unknown>,
  ) {}

  async prepare(work: StepWork): Promise<PreparedStep> {
    const { execution, step, log } = work;
    if (execution.id === this.executionId && this.pinned.has(step.key)) {
      log('info', 'The step is pinned: it was not run, and gave the output that it is pinned to.');
      return { kind: 'done', result: { output: this.pinned.get(step.key) ?? null } };
    }
    const prepared = await this.runner.prepare(work);
    if (prepared.kind !== 'wait' || !this.runner.resume) return prepared;
    if (prepared.wait.reason === 'APPROVAL') {
      log('info', 'A preview asks nobody: it goes on as if this were approved. Pin the step to see what a rejection does.');
      return { kind: 'done', result: { output: approvedInPreview(work.now()) } };
    }
    if (prepared.wait.reason !== 'DELAY') return prepared;
    log('info', `A preview does not wait: a run would go on at ${prepared.until?.toISOString() ?? 'a later time'}.`);
    return this.runner.resume({ ...work, wait: prepared.wait, until: prepared.until, due: true, signals: [] });
  }

  get resume(): StepRunner['resume'] {
    return this.runner.resume?.bind(this.runner);
  }
}
