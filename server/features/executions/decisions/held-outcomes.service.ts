import { type ResolveUnknownOutcomeInput } from '../../../../schema/decisions.js';
import { InvalidInputError, NotFoundError } from '../../../errors.js';
import { jsonProblem } from '../../../input-problems.js';
import { type Identity } from '../../auth/identity.js';
import { type ExecutionService } from '../execution.service.js';
import { type ExecutionRecord } from '../execution.types.js';
import { type Decision } from './decision.js';
import { type DecisionStore } from './decision.store.js';
import { type Decisions } from './decisions.service.js';
import { type PersonNames } from './person-names.js';

const longestOutput = 1_000_000;

/** Steps whose call was cut off, and that wait for a person to say what became of it. */
export class HeldOutcomes {
  constructor(
    private readonly store: Pick<DecisionStore, 'step'>,
    private readonly decisions: Decisions,
    private readonly executions: ExecutionService,
    private readonly people: PersonNames,
    private readonly now: () => Date,
  ) {}

  /** @throws ConflictError where the step waits for no such thing, or somebody has decided otherwise */
  async resolve(identity: Identity, { executionId, stepKey, resolution, output }: ResolveUnknownOutcomeInput): Promise<ExecutionRecord> {
    const execution = await this.executions.find(identity, executionId);
    const values = output ?? null;
    const message = resolution === 'COMPLETE' || values === null ? jsonProblem(values, longestOutput) : 'An output goes with COMPLETE. Leave it out.';
    if (message) throw new InvalidInputError([{ field: 'input.output', message }]);
    const place = { workspaceId: identity.workspaceId, executionId, stepKey };
    const step = await this.store.step(place);
    if (!step) throw new NotFoundError('step', 'The run has no such step.');
    const decision: Decision = { outcome: resolution, decidedBy: await this.people.decidedBy(identity), comment: null, values, at: this.now().toISOString() };
    await this.decisions.settle(place, 'UNKNOWN_OUTCOME', step, decision);
    return execution;
  }
}
