import { isDeepStrictEqual } from 'node:util';
import { ConflictError } from '../../../errors.js';
import { type EventBus } from '../../../events/event-bus.js';
import { type StepState } from '../execution.types.js';
import { type Decision, wordsOf } from './decision.js';
import { type Awaited, type DecisionPlace, type DecisionStore } from './decision.store.js';

/** Lets the first decision on a step count, and tells whoever comes later what was decided. */
export class Decisions {
  constructor(
    private readonly store: Pick<DecisionStore, 'take' | 'last'>,
    private readonly bus: EventBus,
  ) {}

  /**
   * Who says the same twice, as by a double click, is answered as the first time.
   * @param step as it was read before
   * @throws ConflictError where it was decided otherwise, or waits for no such decision
   */
  async settle(place: DecisionPlace, awaited: Awaited, step: StepState, decision: Decision): Promise<void> {
    const waits = step.status === 'WAITING' && step.waitingFor?.reason === awaited && !isOver(step, decision);
    if (!waits || !(await this.store.take(place, awaited, step.attempt, decision, new Date(decision.at)))) return this.refuse(place, step, decision);
    this.bus.publish('execution.ready', { executionId: place.executionId });
  }

  private async refuse(place: DecisionPlace, step: StepState, wanted: Decision): Promise<void> {
    const made = await this.store.last(place);
    if (!made) throw new ConflictError(whyNot(step, wanted));
    if (isDeepStrictEqual({ ...made, at: undefined }, { ...wanted, at: undefined })) return;
    const { outcome, decidedBy, at } = made;
    throw new ConflictError(`${wordsOf(made)}, so there is nothing left to decide.`, { outcome, decidedBy, at });
  }
}

function isOver({ retryAt }: StepState, { at }: Decision): boolean {
  return retryAt !== undefined && retryAt.getTime() <= Date.parse(at);
}

function whyNot(step: StepState, wanted: Decision): string {
  if (step.status === 'CANCELLED') return 'The run was ended before anybody decided, so there is nothing left to decide.';
  if (step.status === 'PENDING') return 'The step has not begun, so there is nothing to decide yet.';
  if (step.error?.code === 'NOT_DECIDED' || isOver(step, wanted)) return 'The time to decide is over.';
  return 'The step does not wait for this decision.';
}
