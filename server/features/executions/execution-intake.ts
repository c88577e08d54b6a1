import { type BulkInsert, type RowsInto, type SqlSession } from '../../database/database.js';
import { type EventBus } from '../../events/event-bus.js';
import { OrderedIds } from '../../ordered-ids.js';
import { type InputDefinition } from '../workflows/definition.js';
import { type RunPlace } from '../workflows/step-prompts.js';
import { type WorkflowsService } from '../workflows/workflow.service.js';
import { announceNew } from './execution-announcement.js';
import { newRow } from './execution-row.js';
import { type NewExecution } from './execution.store.js';
import { type ExecutionTrigger } from './execution.types.js';
import { type LaunchPlans } from './launch-plans.js';
import { runLimits } from './run-limits.js';

export interface Launch {
  workspaceId: string;
  workflowId: string;
  /** Where the run takes its prompts from, where they have it. */
  place: RunPlace | undefined;
  trigger: ExecutionTrigger;
  startedById: string;
  launchedBy: NonNullable<NewExecution['launchedBy']>;
  chainDepth: number;
}

/** An execution that is ready to be stored. */
export interface PreparedExecution {
  id: string;
  execution: NewExecution;
}

const executionInsert: BulkInsert = {
  table: 'execution',
  columns: {
    id: 'text', workspace_id: 'text', workflow_id: 'text', workflow_version_id: 'text', status: 'text', trigger: 'text', started_by_id: 'text', inputs: 'text',
    lockfile: 'text', created_at: 'timestamp', branch: 'text', labels: 'text', max_runs: 'integer', run_key: 'text', max_runs_per_key: 'integer',
    trigger_id: 'text', delivery_id: 'text', max_runs_per_trigger: 'integer', chain_depth: 'integer',
  },
};
const stepInsert: BulkInsert = { table: 'step_execution', columns: { execution_id: 'text', step_key: 'text', position: 'integer', status: 'text' } };
const eventInsert: BulkInsert = { table: 'execution_event', columns: { execution_id: 'text', seq: 'integer', type: 'text', payload: 'text', at: 'timestamp' } };

/**
 * How others launch executions as part of a transaction of their own, so that what launched them and the execution exist together or not at all: `prepare`
 * before it, `storeWithin` or `rowsOf` inside it, `announce` after it.
 */
export class ExecutionIntake {
  private readonly ids = new OrderedIds();

  constructor(
    private readonly plans: Pick<LaunchPlans, 'get'>,
    private readonly workflows: Pick<WorkflowsService, 'inputValues'>,
    private readonly bus: EventBus,
  ) {}

  /**
   * @param inputs gives the values by the workflow's inputs
   * @throws NotFoundError where the workflow is gone; InvalidInputError where it can't run, or not with these inputs
   */
  async prepare(launch: Launch, inputs: (definitions: readonly InputDefinition[]) => Record<string, unknown>): Promise<PreparedExecution> {
    const { workspaceId, workflowId, place, ...rest } = launch;
    const { version, lockfile } = await this.plans.get(workspaceId, workflowId, place);
    const { definition } = version;
    const values = await this.workflows.inputValues(workspaceId, definition.inputs, inputs(definition.inputs));
    const execution = {
      ...rest,
      workspaceId,
      workflowId,
      workflowVersionId: version.id,
      inputs: values,
      branch: place && 'branch' in place ? place.branch : null,
      limits: runLimits(definition, values),
      lockfile,
      stepKeys: definition.steps.map(({ key }) => key),
    };
    return { id: this.ids.next(new Date()), execution };
  }

  /** Stores them, with their pending steps and first events, in a transaction of the caller's. */
  async storeWithin(sql: SqlSession, prepared: readonly PreparedExecution[], now: Date): Promise<void> {
    if (prepared.length === 0) return;
    await Promise.all(this.rowsOf(prepared, now).map(({ into, rows }) => sql.insert(into, rows)));
  }

  /** What stores them. The first value of each row is the execution's id. */
  rowsOf(prepared: readonly PreparedExecution[], now: Date): RowsInto[] {
    return [
      { into: executionInsert, rows: prepared.map((one) => executionRow(one, now)) },
      { into: stepInsert, rows: prepared.flatMap(({ id, execution }) => execution.stepKeys.map((stepKey, position) => [id, stepKey, position, 'PENDING'])) },
      { into: eventInsert, rows: prepared.map(({ id }) => [id, 1, 'EXECUTION_QUEUED', '{}', now]) },
    ];
  }

  /** Once they are stored: runners begin, and followers of the workspace see them. */
  announce(prepared: readonly PreparedExecution[]): void {
    for (const { id, execution } of prepared) announceNew(this.bus, { id, workspaceId: execution.workspaceId });
  }
}

function executionRow({ id, execution }: PreparedExecution, now: Date) {
  const row = newRow(execution, now);
  return [
    id, row.workspaceId, row.workflowId, row.workflowVersionId, row.status, row.trigger, row.startedById, row.inputs,
    row.lockfile, now, row.branch, row.labels, row.maxRuns ?? null, row.runKey ?? null, row.maxRunsPerKey ?? null,
    row.triggerId, row.deliveryId, row.maxRunsPerTrigger, row.chainDepth,
  ];
}
