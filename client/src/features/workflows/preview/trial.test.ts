import { describe, expect, test } from '@jest/globals';
import type { WorkflowDefinitionInput } from '../../../gql/graphql';
import type { RunEvent } from '../../executions/run-state';
import { changeTrials, formOf, isUnderWay, noTrials, requestOf, type TrialChange, type Trials } from './trial';

const step = (key: string, expression = '1') => ({ key, name: key, type: 'TRANSFORM' as const, settings: { expression } });
const definition: WorkflowDefinitionInput = { inputs: [], steps: [step('a'), step('b')] };

let seq = 0;
const event = (type: RunEvent['type'], stepKey?: string, payload: unknown = {}): RunEvent => ({ seq: ++seq, type, stepKey: stepKey ?? null, attempt: stepKey ? 1 : null, at: '2026-01-01T00:00:00Z', payload });

function after(...changes: TrialChange[]): Trials {
  return changes.reduce(changeTrials, noTrials);
}

function whole(): TrialChange[] {
  seq = 0;
  return [
    { type: 'asked', extent: { kind: 'all' } },
    { type: 'begun', previewId: 'p', stepKeys: ['a', 'b'], definition },
    {
      type: 'happened',
      events: [event('EXECUTION_STARTED'), event('STEP_STARTED', 'a'), event('STEP_COMPLETED', 'a', { output: 1 }), event('STEP_STARTED', 'b'), event('STEP_COMPLETED', 'b', { output: 2 }), event('EXECUTION_COMPLETED')],
    },
  ];
}

describe('trying a draft', () => {
  test('is under way from when it is asked for until it ends', () => {
    const [asked, begun, happened] = whole();
    if (!asked || !begun || !happened) throw new Error('A trial has three changes.');
    expect(isUnderWay(noTrials)).toBe(false);
    expect(isUnderWay(after(asked))).toBe(true);
    expect(isUnderWay(after(asked, begun))).toBe(true);
    expect(isUnderWay(after(asked, begun, happened))).toBe(false);
    expect(isUnderWay(after(asked, { type: 'refused' }))).toBe(false);
  });

  test('keeps what other steps gave when one is tried alone, and sends it', () => {
    const trials = after(...whole());
    const request = requestOf({ workflowId: undefined, definition, inputs: {} }, { kind: 'only', stepKey: 'b' }, { gone: 9 }, trials);
    expect(request).toMatchObject({ onlyStep: 'b', outputs: [{ stepKey: 'a', output: 1 }], pinned: [] });
    const again: TrialChange[] = [
      { type: 'asked', extent: { kind: 'only', stepKey: 'b' } },
      { type: 'begun', previewId: 'q', stepKeys: ['b'], definition },
      { type: 'happened', events: [event('STEP_REUSED', 'a', { output: 7 })] },
    ];
    const next = again.reduce(changeTrials, trials);
    expect(Object.keys(next.current?.run.steps ?? {})).toEqual(['b']);
    expect(next.steps.a?.state).toMatchObject({ status: 'COMPLETED', output: 1 });
    expect(next.steps.b?.state).toMatchObject({ status: 'PENDING', output: undefined });
  });

  test('knows a step that has changed since', () => {
    const { steps } = after(...whole());
    const changed = { ...definition, steps: [step('a'), step('b', '2')] };
    expect(steps.a?.triedAs).toBe(formOf(changed, 'a'));
    expect(steps.b?.triedAs).not.toBe(formOf(changed, 'b'));
  });
});
