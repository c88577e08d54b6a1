import { type BulkInsert, type RowsInto, type SqlSession } from '../../database/database.js';
import { type EventBus } from '../../events/event-bus.js';
import { OrderedIds } from '../../ordered-ids.js';
import { type InputDefinition } from '../workflows/definition.js';
import { type RunPlace } from '../workflows/step-prompts.js';
import { type WorkflowsService } from '../workflows/workflow.service.js';
import { type Claim, isUnlimited } from './claim.js';
import { announceNew } from './execution-announcement.js';
import { newRow, toInputs } from './execution-row.js';
import { type NewExecution } from './execution.store.js';
import { type ExecutionTrigger } from './execution.types.js';
import { type LaunchPlans } from './launch-plans.js';
import { newRecord, pendingStep } from './new-execution.js';
import { runLimits } from './run-limits.js';
import { type Reservation, type Runner } from './runner.js';

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
  /** It runs in this process, from this time on. */
  reserved?: { reservation: Reservation; at: Date };
}

const executionInsert: BulkInsert = {
  table: 'execution',
  columns: {
    id: 'text', workspace_id: 'text', workflow_id: 'text', workflow_version_id: 'text', status: 'text', trigger: 'text', started_by_id: 'text', inputs: 'text',
    lockfile: 'text', created_at: 'timestamp', branch: 'text', labels: 'text', max_runs: 'integer', run_key: 'text', max_runs_per_key: 'integer',
    trigger_id: 'text', delivery_id: 'text', max_runs_per_trigger: 'integer', chain_depth: 'integer',
    lease_owner: 'text', lease_epoch: 'integer', lease_expires_at: 'timestamp', claims: 'integer', started_at: 'timestamp', admitted_at: 'timestamp',
  },
};
const stepInsert: BulkInsert = { table: 'step_execution', columns: { execution_id: 'text', step_key: 'text', position: 'integer', status: 'text' } };
const eventInsert: BulkInsert = { table: 'execution_event', columns: { execution_id: 'text', seq: 'integer', type: 'text', payload: 'text', at: 'timestamp' } };

/**
 * How others launch executions as part of a transaction of their own, so that what launched them and the execution exist together or not at all: `prepare`
 * before it, `storeWithin` or `rowsOf` inside it, `announce` after it. Between the first two, `reserve` has it run where it is stored, without being claimed
 * first; then `giveUp` must follow where it is not stored.
 */
export class ExecutionIntake {
  private readonly ids = new OrderedIds();

  constructor(
    private readonly plans: Pick<LaunchPlans, 'get'>,
    private readonly workflows: Pick<WorkflowsService, 'inputValues'>,
    private readonly bus: EventBus,
    private readonly runner?: Pick<Runner, 'reserve'>,
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

  /** @returns it with a place in this process, where there is one and no limit may hold it back */
  reserve(prepared: PreparedExecution, at: Date): PreparedExecution {
    const { limits, launchedBy } = prepared.execution;
    const reservation = isUnlimited({ ...limits, maxRunsPerTrigger: launchedBy?.maxRuns, replayId: undefined }) ? this.runner?.reserve(prepared.id) : undefined;
    return reservation ? { ...prepared, reserved: { reservation, at } } : prepared;
  }

  giveUp({ reserved }: PreparedExecution): void {
    reserved?.reservation.giveUp();
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
      { into: eventInsert, rows: prepared.map(({ id, reserved }) => [id, 1, 'EXECUTION_QUEUED', '{}', reserved?.at ?? now]) },
    ];
  }

  /** Once they are stored: runners begin, and followers of the workspace see them. */
  announce(prepared: readonly PreparedExecution[]): void {
    for (const one of prepared) {
      const { id, execution, reserved } = one;
      if (!reserved) {
        announceNew(this.bus, { id, workspaceId: execution.workspaceId });
        continue;
      }
      reserved.reservation.begin(() => firstClaim(one, reserved.at));
      this.bus.publish('execution.changed', { workspaceId: execution.workspaceId, executionId: id });
    }
  }
}

/** What a runner would read, if it claimed what has just been stored. */
function firstClaim({ id, execution }: PreparedExecution, at: Date): Claim {
  // As JSON has it, which has no undefined.
  const record = newRecord(id, { ...execution, inputs: toInputs(JSON.stringify(execution.inputs)) }, at);
  return { execution: { ...record, status: 'RUNNING', startedAt: at }, steps: execution.stepKeys.map(pendingStep), signals: [], wasPaused: false, epoch: 1, claims: 1, lastSeq: 1 };
}

function executionRow({ id, execution, reserved }: PreparedExecution, now: Date) {
  const createdAt = reserved?.at ?? now;
  const row = newRow(execution, createdAt);
  return [
    id, row.workspaceId, row.workflowId, row.workflowVersionId, reserved ? 'RUNNING' : row.status, row.trigger, row.startedById, row.inputs,
    row.lockfile, createdAt, row.branch, row.labels, row.maxRuns ?? null, row.runKey ?? null, row.maxRunsPerKey ?? null,
    row.triggerId, row.deliveryId, row.maxRunsPerTrigger, row.chainDepth,
    ...leaseOf(reserved, now),
  ];
}

/** In the order of the columns. */
function leaseOf(reserved: PreparedExecution['reserved'], now: Date) {
  if (!reserved) return [null, 0, null, 0, null, null];
  const { reservation, at } = reserved;
  return [reservation.owner, 1, new Date(now.getTime() + reservation.leaseMs), 1, at, at];
}
