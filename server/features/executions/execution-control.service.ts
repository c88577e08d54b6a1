import { ConflictError } from '../../errors.js';
import { type EventBus } from '../../events/event-bus.js';
import { type Identity } from '../auth/identity.js';
import { type ExecutionService } from './execution.service.js';
import { type ExecutionRecord, type ExecutionStatus, type Signal } from './execution.types.js';
import { type SignalStore } from './signal.store.js';

const unfinished: readonly ExecutionStatus[] = ['QUEUED', 'RUNNING', 'WAITING', 'PAUSED'];

/** Cancels, pauses and resumes executions. The answer comes at once; what was asked for shows in the execution's events. */
export class ExecutionControl {
  constructor(
    private readonly signals: SignalStore,
    private readonly executions: ExecutionService,
    private readonly bus: EventBus,
  ) {}

  /** Ends it, what runs included. @throws ConflictError when it has ended */
  cancel(identity: Identity, id: string): Promise<ExecutionRecord> {
    return this.send(identity, id, { type: 'CANCEL' }, unfinished, 'can not be cancelled any more');
  }

  /** Starts no more of its steps; those that run may finish. @throws ConflictError when it has ended or is paused */
  pause(identity: Identity, id: string): Promise<ExecutionRecord> {
    return this.send(identity, id, { type: 'PAUSE' }, ['QUEUED', 'RUNNING', 'WAITING'], 'can not be paused');
  }

  /** @throws ConflictError when it is not paused */
  resume(identity: Identity, id: string): Promise<ExecutionRecord> {
    return this.send(identity, id, { type: 'RESUME' }, ['PAUSED'], 'is not paused');
  }

  private async send(identity: Identity, id: string, signal: Pick<Signal, 'type'>, statuses: readonly ExecutionStatus[], refusal: string): Promise<ExecutionRecord> {
    const execution = await this.executions.find(identity, id);
    const sent = await this.signals.send(identity.workspaceId, execution.id, { ...signal, payload: {}, stepKey: undefined }, statuses);
    if (!sent) {
      const { status } = await this.executions.find(identity, id);
      throw new ConflictError(`The run is ${status.toLowerCase()}, so it ${refusal}.`);
    }
    this.bus.publish('execution.ready', { executionId: execution.id });
    return execution;
  }
}
