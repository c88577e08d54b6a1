import type { PreviewWorkflowInput, WorkflowDefinitionInput } from '../../../gql/graphql';
import { applyEvents, emptyRun, isFinished, pendingStep, type RunError, type RunEvent, type RunState, type StepState } from '../../executions/run-state';
import type { Pins } from './pins';

/** Which steps are tried: all, those up to one, or one alone. */
export type Extent = { kind: 'all' } | { kind: 'to' | 'only'; stepKey: string };

/** What became of a step when it was last tried. */
export interface StepTrial {
  state: StepState;
  /** The step as it was then, to tell whether it has changed since. */
  triedAs: string;
}

export interface Trial {
  extent: Extent;
  /** Undefined until the server has begun it. */
  previewId: string | undefined;
  run: RunState;
}

/** What is known of a draft from trying it. */
export interface Trials {
  current: Trial | null;
  /** By step key, also of steps that the current trial is not about. */
  steps: Readonly<Record<string, StepTrial>>;
}

export const noTrials: Trials = { current: null, steps: {} };

export function isUnderWay({ current }: Trials): boolean {
  return current !== null && !isFinished(current.run.status);
}

export type TrialChange =
  | { type: 'asked'; extent: Extent }
  | { type: 'begun'; previewId: string; stepKeys: readonly string[]; definition: WorkflowDefinitionInput }
  | { type: 'refused' }
  /** The server knows nothing of it any more. */
  | { type: 'lost' }
  | { type: 'happened'; events: readonly RunEvent[] };

export function changeTrials(trials: Trials, change: TrialChange): Trials {
  const { current, steps } = trials;
  switch (change.type) {
    case 'asked':
      return { current: { extent: change.extent, previewId: undefined, run: emptyRun([]) }, steps };
    case 'refused':
      return { current: null, steps };
    case 'lost':
      return current ? { current: { ...current, run: { ...current.run, status: 'FAILED', error: lost } }, steps: withoutUnfinished(steps) } : trials;
    case 'begun': {
      if (!current) return trials;
      const begun = change.stepKeys.map((key): [string, StepTrial] => [key, { state: pendingStep, triedAs: formOf(change.definition, key) }]);
      return { current: { ...current, previewId: change.previewId, run: emptyRun(change.stepKeys) }, steps: { ...steps, ...Object.fromEntries(begun) } };
    }
    case 'happened': {
      if (!current) return trials;
      // Of steps that it is not about, it only tells what they had given before.
      const events = change.events.filter(({ stepKey }) => !stepKey || stepKey in current.run.steps);
      const run = applyEvents(current.run, events);
      const next = Object.entries(run.steps).map(([key, state]): [string, StepTrial] => [key, { state, triedAs: steps[key]?.triedAs ?? '' }]);
      return { current: { ...current, run }, steps: { ...steps, ...Object.fromEntries(next) } };
    }
  }
}

const lost: RunError = { code: 'LOST', message: 'The server lost the preview, perhaps since it was restarted. Try it again.' };

function withoutUnfinished(steps: Trials['steps']): Trials['steps'] {
  return Object.fromEntries(Object.entries(steps).filter(([, { state }]) => state.status !== 'RUNNING' && state.status !== 'WAITING'));
}

/** A step of a definition, in a form in which two can be compared. */
export function formOf({ steps }: WorkflowDefinitionInput, key: string): string {
  return JSON.stringify(steps.find((step) => step.key === key));
}

interface Draft {
  workflowId: string | undefined;
  definition: WorkflowDefinitionInput;
  inputs: Record<string, unknown>;
}

/** What the server is asked to try. */
export function requestOf({ workflowId, definition, inputs }: Draft, extent: Extent, pins: Pins, { steps }: Trials): PreviewWorkflowInput {
  const keys = new Set(definition.steps.map(({ key }) => key));
  const pinned = Object.entries(pins).flatMap(([stepKey, output]) => (keys.has(stepKey) ? [{ stepKey, output }] : []));
  const common = { workflowId: workflowId ?? null, definition, inputs, pinned };
  if (extent.kind === 'all') return common;
  if (extent.kind === 'to') return { ...common, toStep: extent.stepKey };
  const outputs = Object.entries(steps).flatMap(([stepKey, { state }]) => (state.status === 'COMPLETED' && stepKey !== extent.stepKey ? [{ stepKey, output: state.output }] : []));
  return { ...common, onlyStep: extent.stepKey, outputs };
}
