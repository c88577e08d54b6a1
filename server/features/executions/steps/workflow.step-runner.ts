import { type WorkflowsService } from '../../workflows/workflow.service.js';
import { type Children } from '../children.service.js';
import { runLimits } from '../run-limits.js';
import { StepError } from '../step-failure.js';
import { type PreparedStep, type StepRunner, type StepWork } from './step-runner.js';

/** Runs the version of another workflow that the lockfile pins, in an execution of its own. */
export class WorkflowStepRunner implements StepRunner {
  constructor(
    private readonly children: Children,
    private readonly workflows: Pick<WorkflowsService, 'versionsByIds' | 'inputValues'>,
  ) {}

  async prepare(work: StepWork): Promise<PreparedStep> {
    const { execution, step, input } = work;
    const lockfile = execution.lockfile.workflows?.[step.key];
    if (!lockfile) throw new Error(`The lockfile of execution ${execution.id} pins no workflow for step ${step.key}.`);
    const { workflowVersionId } = lockfile;
    const version = (await this.workflows.versionsByIds(execution.workspaceId, [workflowVersionId])).get(workflowVersionId);
    if (!version) throw new StepError('WORKFLOW_DELETED', `The workflow that step "${step.name}" calls has been deleted since the run started. Choose another one and start it again.`);
    const { workflowId, definition } = version;
    const inputs = await this.workflows.inputValues(execution.workspaceId, definition.inputs, input);
    const stepKeys = definition.steps.map(({ key }) => key);
    return this.children.advance(work, {
      count: 1,
      maxParallel: 1,
      stopAtFailure: true,
      child: (itemIndex) => ({ itemIndex, workflowId, workflowVersionId, scope: undefined, inputs, lockfile, limits: runLimits(definition, inputs), stepKeys }),
      output: ([output]) => output,
      name: () => `The workflow that step "${step.name}" calls`,
    });
  }

  resume(work: StepWork): Promise<PreparedStep> {
    return this.prepare(work);
  }
}
