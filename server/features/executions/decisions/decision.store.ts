import { type Database, type SqlSession } from '../../../database/database.js';
import { OrderedIds } from '../../../ordered-ids.js';
import { type SignalRow, stepColumns, type StepRow, toSignal, toStepState } from '../execution-row.js';
import { type StepState, type StepWait } from '../execution.types.js';
import { type Decision, decisionIn, decisionInLog } from './decision.js';

/** A step that waits, or waited, for somebody to decide. */
export interface DecisionPlace {
  workspaceId: string;
  executionId: string;
  stepKey: string;
}

/** What can be decided of a step. */
export type Awaited = Extract<StepWait['reason'], 'APPROVAL' | 'UNKNOWN_OUTCOME'>;

const signalsSql = `SELECT signal.id, signal.type, signal.payload FROM execution_signal AS signal JOIN execution ON execution.id = signal.execution_id
  WHERE execution.id = ? AND execution.workspace_id = ? ORDER BY signal.id`;

/** What people decide of steps that wait for it. The run that holds the execution acts on it. */
export class DecisionStore {
  private readonly ids = new OrderedIds();

  constructor(private readonly database: Database) {}

  /**
   * Stores a decision, after which the execution is to be rung.
   * @param attempt the attempt that the step made when it began to wait
   * @returns false where the step does not wait for it, or somebody has decided: of many at the same time, one is stored
   */
  async take(place: DecisionPlace, awaited: Awaited, attempt: number, decision: Decision, at: Date): Promise<boolean> {
    return this.database.write(async (sql) => {
      const step = await this.openStep(sql, place);
      if (step?.status !== 'WAITING' || step.waitingFor?.reason !== awaited || step.attempt !== attempt) return false;
      const signals = await sql.all<SignalRow>(signalsSql, [place.executionId, place.workspaceId]);
      if (decisionFor(place.stepKey, signals)) return false;
      await sql.run('INSERT INTO execution_signal (id, execution_id, type, payload, at) VALUES (?, ?, ?, ?, ?)', [
        this.ids.next(at),
        place.executionId,
        awaited,
        JSON.stringify({ ...decision, stepKey: place.stepKey }),
        at,
      ]);
      return true;
    });
  }

  private async openStep(sql: SqlSession, { workspaceId, executionId, stepKey }: DecisionPlace): Promise<StepState | undefined> {
    // On PostgreSQL the row lock makes others who decide, and the run's own commit, take their turn.
    const [open] = await sql.all(
      `SELECT id FROM execution WHERE id = ? AND workspace_id = ? AND status IN ('RUNNING', 'WAITING', 'PAUSED') ${this.database.engine === 'postgres' ? 'FOR UPDATE' : ''}`,
      [executionId, workspaceId],
    );
    if (!open) return undefined;
    const [row] = await sql.all<StepRow>(`SELECT ${stepColumns} FROM step_execution WHERE execution_id = ? AND step_key = ?`, [executionId, stepKey]);
    return row && toStepState(row);
  }

  async step({ workspaceId, executionId, stepKey }: DecisionPlace): Promise<StepState | undefined> {
    const row = await this.database.prisma.stepExecution.findFirst({ where: { executionId, stepKey, execution: { workspaceId } } });
    return row ? toStepState(row) : undefined;
  }

  /** What was decided last of a step, whether or not its run has acted on it. */
  async last({ workspaceId, executionId, stepKey }: DecisionPlace): Promise<Decision | undefined> {
    const pending = decisionFor(stepKey, await this.database.read<SignalRow>(signalsSql, [executionId, workspaceId]));
    if (pending) return pending;
    const [log] = await this.database.read<{ payload: string }>(
      `SELECT event.payload FROM execution_event AS event JOIN execution ON execution.id = event.execution_id
       WHERE execution.id = ? AND execution.workspace_id = ? AND event.step_key = ? AND event.type = 'STEP_LOG' AND event.payload LIKE '%"decision":%' ORDER BY seq DESC LIMIT 1`,
      [executionId, workspaceId, stepKey],
    );
    return log && decisionInLog(JSON.parse(log.payload));
  }
}

function decisionFor(stepKey: string, rows: readonly SignalRow[]): Decision | undefined {
  return decisionIn(rows.map(toSignal).filter((signal) => signal.stepKey === stepKey));
}
