import { type ExecutionComparison, type StepComparison } from '../../../../schema/execution-comparison.js';
import { ConflictError } from '../../../errors.js';
import { type Identity } from '../../auth/identity.js';
import { definitionWithin } from '../../workflows/nested-steps.js';
import { type WorkflowsService } from '../../workflows/workflow.service.js';
import { type ExecutionService } from '../execution.service.js';
import { type ExecutionRecord, type StepState } from '../execution.types.js';
import { toStepExecutions } from '../step-execution.view.js';
import { diffValues } from './value-diff.js';

/** Compares executions of a workflow step by step. */
export class Comparisons {
  constructor(
    private readonly executions: ExecutionService,
    private readonly workflows: Pick<WorkflowsService, 'version'>,
  ) {}

  /** @throws ConflictError for executions of different workflows, or of different lists of steps within one */
  async compare(identity: Identity, baseId: string, otherId: string): Promise<ExecutionComparison> {
    const [base, other] = [await this.executions.find(identity, baseId), await this.executions.find(identity, otherId)];
    if (base.workflowId !== other.workflowId) throw new ConflictError('These are runs of different workflows. Choose two runs of the same one.');
    if (String(base.scope) !== String(other.scope)) throw new ConflictError('These runs are of different parts of the workflow. Choose two items of the same step, or two whole runs.');
    const states = await this.executions.steps(identity.workspaceId, [base.id, other.id]);
    const [before, after] = [await this.sideOf(base, states.get(base.id)), await this.sideOf(other, states.get(other.id))];
    return {
      base,
      other,
      inputs: diffValues(base.inputs, other.inputs),
      output: diffValues(base.output, other.output),
      steps: [...new Set([...after.keys(), ...before.keys()])].map((key) => compareSteps(key, before.get(key), after.get(key))),
    };
  }

  private async sideOf({ id, workspaceId, workflowVersionId, scope }: ExecutionRecord, states: readonly StepState[] = []) {
    const { definition } = await this.workflows.version(workspaceId, workflowVersionId);
    const steps = toStepExecutions(states, definitionWithin(definition, scope).steps, id);
    return new Map(steps.map((step) => [step.key, step]));
  }
}

function compareSteps(key: string, base: StepComparison['base'], other: StepComparison['other']): StepComparison {
  return { key, name: other?.name ?? base?.name ?? key, base, other, output: diffValues(base?.output, other?.output) };
}
