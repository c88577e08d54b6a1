import { type StepDefinition } from '../workflows/definition.js';
import { type StepState } from './execution.types.js';

/** `blocked`: what it waits for is not settled. `ready`: it may run. `skip`: it will never run in this execution. */
export type Fate = 'blocked' | 'ready' | 'skip';

/** What becomes of steps that have not begun. It follows from the states of the others alone, so that it is the same after a crash. */
export class Readiness {
  /** By the key of a handler, the steps whose failure it handles. */
  private readonly handled = new Map<string, string[]>();
  private readonly policies: ReadonlyMap<string, StepDefinition['onError']>;
  private readonly branchedOn: ReadonlySet<string>;

  constructor(steps: readonly StepDefinition[]) {
    this.policies = new Map(steps.map(({ key, onError }) => [key, onError]));
    this.branchedOn = new Set(steps.flatMap(({ branches }) => branches.map(({ step }) => step)));
    for (const { key, onError } of steps) {
      if (onError.action !== 'HANDLE' || onError.handler === undefined) continue;
      this.handled.set(onError.handler, [...(this.handled.get(onError.handler) ?? []), key]);
    }
  }

  fateOf({ key, dependsOn, join, branches }: StepDefinition, stateOf: (key: string) => StepState): Fate {
    const guards = this.handled.get(key) ?? [];
    const dependencies = dependsOn.filter((on) => !guards.includes(on)).map(stateOf);
    const gone = dependencies.filter((state) => this.isGone(state));
    if (join === 'ALL' && gone.length > 0) return 'skip';
    const guarded = guards.map(stateOf);
    if (![...dependencies, ...guarded].every((state) => this.isSettled(state))) return 'blocked';
    if (guarded.length > 0 && !guarded.some((state) => this.isFailed(state))) return 'skip';
    if (gone.length > 0 && gone.length === dependencies.length) return 'skip';
    return branchesTaken(branches, stateOf) ? 'ready' : 'skip';
  }

  /** Other steps hang on what it decides. */
  isBranchedOn(key: string): boolean {
    return this.branchedOn.has(key);
  }

  /** It failed, and the run goes on by the step's own rule. */
  isHandled(state: StepState): boolean {
    return this.isFailed(state) && this.policies.get(state.key)?.action === 'HANDLE';
  }

  /** It has no output, though the run goes on. */
  isGone(state: StepState): boolean {
    return state.status === 'SKIPPED' || this.isHandled(state);
  }

  private isSettled(state: StepState): boolean {
    return state.status === 'COMPLETED' || this.isGone(state);
  }

  private isFailed({ status, error }: StepState): boolean {
    return status === 'FAILED' && error?.code !== 'STOPPED';
  }
}

function branchesTaken(branches: StepDefinition['branches'], stateOf: (key: string) => StepState): boolean {
  const decided = new Set(branches.map(({ step }) => step));
  return [...decided].every((key) => {
    const { status, output } = stateOf(key);
    return status === 'COMPLETED' && branches.some(({ step, outcome }) => step === key && outcome === outcomeOf(output));
  });
}

/** A CONDITION and a DECISION give their outcome as it is, an APPROVAL among other things. */
function outcomeOf(output: unknown): string {
  return String(typeof output === 'object' && output !== null && 'outcome' in output ? output.outcome : output);
}
