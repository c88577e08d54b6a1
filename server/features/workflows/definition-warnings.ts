import { type FieldProblem } from '../../errors.js';
import { type StepDefinition, type WorkflowDefinition } from './definition.js';
import { parseReference } from './reference.js';

/** What is allowed, and yet hardly meant. */
export function warningsOf(definition: WorkflowDefinition): FieldProblem[] {
  return [...unusedInputs(definition), ...new Reach(definition.steps).warnings(), ...idleConditions(definition.steps)];
}

function unusedInputs({ inputs, steps, concurrency }: WorkflowDefinition): FieldProblem[] {
  const references = [...steps.flatMap((step) => step.inputs.flatMap(({ from }) => from ?? [])), ...(concurrency?.key ? [concurrency.key] : [])].map(parseReference);
  const used = new Set(references.flatMap((reference) => (reference.kind === 'input' ? [reference.name] : [])));
  return inputs.flatMap(({ name }, index) => (used.has(name) ? [] : [{ field: `inputs.${index}.name`, message: 'No step uses this input.' }]));
}

function idleConditions(steps: readonly StepDefinition[]): FieldProblem[] {
  const used = new Set(steps.flatMap(({ branches, dependsOn }) => [...branches.map(({ step }) => step), ...dependsOn]));
  return steps.flatMap(({ key, type }, index) => (type !== 'CONDITION' || used.has(key) ? [] : [{ field: `steps.${index}.key`, message: 'No step depends on what this one decides.' }]));
}

/** What must have come about for a step to run. */
interface Needs {
  /** By the key of a deciding step, the outcomes that let this one run. */
  outcomes: ReadonlyMap<string, ReadonlySet<string>>;
  completed: ReadonlySet<string>;
  never: boolean;
}

const nothing: Needs = { outcomes: new Map(), completed: new Set(), never: false };

/** Finds steps that no run can come to. */
class Reach {
  private readonly steps: ReadonlyMap<string, StepDefinition>;
  private readonly known = new Map<string, Needs>();

  constructor(steps: readonly StepDefinition[]) {
    this.steps = new Map(steps.map((step) => [step.key, step]));
  }

  warnings(): FieldProblem[] {
    return [...this.steps.values()].flatMap((step, index) =>
      this.needsOf(step.key).never ? [{ field: `steps.${index}.branches`, message: 'This step can never run: what it waits for excludes one another.' }] : [],
    );
  }

  private needsOf(key: string): Needs {
    const known = this.known.get(key);
    if (known) return known;
    const step = this.steps.get(key);
    const needs = step ? this.find(step) : nothing;
    this.known.set(key, needs);
    return needs;
  }

  private find({ key, dependsOn, join, branches }: StepDefinition): Needs {
    const guards = [...this.steps.values()].filter(({ onError }) => onError.action === 'HANDLE' && onError.handler === key).map((step) => step.key);
    const waits = dependsOn.filter((on) => !guards.includes(on)).map((on) => ({ on, needs: this.needsOf(on) }));
    const outcomes = new Map<string, ReadonlySet<string>>();
    for (const { step, outcome } of branches) outcomes.set(step, new Set([...(outcomes.get(step) ?? []), outcome]));
    if (join === 'ANY') {
      const never = waits.length > 0 && waits.every(({ needs }) => needs.never);
      return { outcomes, completed: new Set(outcomes.keys()), never };
    }
    for (const { needs } of waits) {
      for (const [decider, allowed] of needs.outcomes) {
        const own = outcomes.get(decider);
        outcomes.set(decider, own ? new Set([...own].filter((outcome) => allowed.has(outcome))) : allowed);
      }
    }
    const completed = new Set(waits.flatMap(({ on, needs }) => [on, ...needs.completed]));
    const handlesInVain = guards.length > 0 && guards.every((guard) => completed.has(guard));
    const never = handlesInVain || waits.some(({ needs }) => needs.never) || [...outcomes.values()].some(({ size }) => size === 0);
    return { outcomes, completed, never };
  }
}
