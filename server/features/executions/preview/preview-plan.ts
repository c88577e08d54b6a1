import { type WorkflowDefinitionInput, type WorkflowStepInput } from '../../../../schema/workflow-definition.js';
import { InvalidInputError } from '../../../errors.js';
import { type StepDefinition, type WorkflowDefinition } from '../../workflows/definition.js';
import { parseReference, ReferenceSyntaxError } from '../../workflows/reference.js';
import { type StepState } from '../execution.types.js';
import { Readiness } from '../readiness.js';
import { pendingStep } from '../new-execution.js';

/** Which steps of a definition a preview is about. */
export interface PreviewRequest {
  /** This one and what it needs. */
  toStep: string | undefined;
  /** This one alone, pinned or not. */
  onlyStep: string | undefined;
  /** By step key, what steps give instead of being run. */
  pinned: ReadonlyMap<string, unknown>;
  /** By step key, what steps gave before. */
  outputs: ReadonlyMap<string, unknown>;
}

export interface PreviewPlan {
  definition: WorkflowDefinition;
  /** As the steps stand at the beginning. */
  steps: StepState[];
  /** Those that are really run. */
  toRun: StepDefinition[];
  pinned: ReadonlyMap<string, unknown>;
}

/** The part of a definition that must be right for a step to run: itself and all that it needs. @throws InvalidInputError when there is no such step */
export function definitionUpTo(definition: WorkflowDefinitionInput, field: string, stepKey: string): WorkflowDefinitionInput {
  if (!definition.steps.some(({ key }) => key === stepKey)) throw new InvalidInputError([{ field, message: 'The definition has no step of this key.' }]);
  const needed = reachable(definition.steps, stepKey, (step) => stepsNamedBy(step, definition.steps));
  const steps = definition.steps.filter(({ key }) => needed.has(key));
  // Without the step that handles its failure, the preview ends with it.
  return { ...definition, steps: steps.map((step) => (step.onError?.handler && !needed.has(step.onError.handler) ? { ...step, onError: null } : step)) };
}

/**
 * @param definition checked, and already without what no step of the request needs
 * @throws InvalidInputError when the one step to be run would be skipped with the outputs that are given
 */
export function planPreview(definition: WorkflowDefinition, request: PreviewRequest): PreviewPlan {
  return request.onlyStep === undefined ? planSteps(definition, request) : planOneStep(definition, request, request.onlyStep);
}

function planSteps(definition: WorkflowDefinition, { toStep, pinned }: PreviewRequest): PreviewPlan {
  const needed = toStep === undefined ? undefined : reachable(definition.steps, toStep, (step) => (pinned.has(step.key) ? [] : step.dependsOn));
  const steps = definition.steps
    .filter(({ key }) => !needed || needed.has(key))
    .map((step): StepDefinition => {
      if (!pinned.has(step.key)) return step;
      // What it is pinned to needs no inputs; up to a step, nor what comes before it.
      return { ...step, inputs: [], ...(needed && { dependsOn: [], branches: [] }) };
    });
  return {
    definition: { ...definition, steps },
    steps: steps.map(({ key }, position) => pendingStep(key, position)),
    toRun: steps.filter(({ key }) => !pinned.has(key)),
    pinned,
  };
}

function planOneStep(definition: WorkflowDefinition, { pinned, outputs }: PreviewRequest, onlyStep: string): PreviewPlan {
  const given = new Map([...outputs, ...pinned]);
  const steps = definition.steps.map(({ key }, position): StepState => {
    const state = pendingStep(key, position);
    if (key === onlyStep) return state;
    return given.has(key) ? { ...state, status: 'COMPLETED', output: given.get(key) ?? null, reused: true } : { ...state, status: 'SKIPPED' };
  });
  const toRun = definition.steps.filter(({ key }) => key === onlyStep);
  const states = new Map(steps.map((state) => [state.key, state]));
  const readiness = new Readiness(definition.steps);
  const ready = toRun.every((step) => readiness.fateOf(step, (key) => states.get(key) ?? pendingStep(key, 0)) === 'ready');
  if (!ready) throw new InvalidInputError([{ field: 'input.outputs', message: 'With these outputs the step would be skipped. Run to this step first, then run it alone.' }]);
  return { definition, steps, toRun, pinned: new Map() };
}

function reachable<Step extends { key: string }>(steps: readonly Step[], from: string, next: (step: Step) => readonly string[]): ReadonlySet<string> {
  const byKey = new Map(steps.map((step) => [step.key, step]));
  const found = new Set<string>();
  const waiting = [from];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const step = byKey.get(key);
    if (!step || found.has(key)) continue;
    found.add(key);
    waiting.push(...next(step));
  }
  return found;
}

/** Those that it waits for, takes values from, or handles the failure of. */
function stepsNamedBy({ key, dependsOn, branches, inputs }: WorkflowStepInput, steps: readonly WorkflowStepInput[]): string[] {
  return [
    ...dependsOn,
    ...(branches ?? []).map(({ step }) => step),
    ...inputs.flatMap(({ from }) => (typeof from === 'string' ? stepNamedIn(from) : [])),
    ...steps.filter(({ onError }) => onError?.handler === key).map((step) => step.key),
  ];
}

function stepNamedIn(from: string): string[] {
  try {
    const reference = parseReference(from);
    return reference.kind === 'step' || reference.kind === 'error' ? [reference.key] : [];
  } catch (error) {
    // The check of the definition says what is wrong with it.
    if (error instanceof ReferenceSyntaxError) return [];
    throw error;
  }
}
