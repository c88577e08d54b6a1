import { expect, test } from '@jest/globals';
import { type StepDefinition, type WorkflowDefinition, workflowDefinitionSchema } from './definition.js';
import { diffDefinitions } from './version-diff.js';

const stepOf = (key: string, expression = key): StepDefinition =>
  workflowDefinitionSchema.shape.steps.element.parse({
    key, name: key, type: 'TRANSFORM', dependsOn: [], inputs: [{ name: 'x', value: 1 }], settings: { expression }, retry: { maxAttempts: 1, initialDelayMs: 0, maxDelayMs: 0 }, timeoutMs: 1000,
  });

const definition = (...steps: StepDefinition[]): WorkflowDefinition => ({ inputs: [], maxParallel: 4, steps });

const changesOf = (before: StepDefinition[], after: StepDefinition[]) =>
  diffDefinitions(definition(...before), definition(...after)).steps.map(({ key, change, moved }) => [key, change, moved]);

test('a step that was moved is told from those that it passed', () => {
  const [a, b, c, d] = [stepOf('a'), stepOf('b'), stepOf('c'), stepOf('d')];
  expect(changesOf([a, b, c, d], [d, a, b, c])).toEqual([['d', 'MOVED', true]]);
  expect(changesOf([a, b, c, d], [a, b, c, d])).toEqual([]);
});

test('steps that were added, removed and changed while they moved are each told apart', () => {
  const [a, b, c] = [stepOf('a'), stepOf('b'), stepOf('c')];
  expect(changesOf([a, b, c, stepOf('d')], [stepOf('d'), stepOf('new'), stepOf('a', 'other'), c])).toEqual([
    ['d', 'MOVED', true],
    ['new', 'ADDED', false],
    ['a', 'CHANGED', false],
    ['b', 'REMOVED', false],
  ]);
});

test('fields are named down to what differs, inputs by their names', () => {
  const before = stepOf('a');
  const after: StepDefinition = { ...before, inputs: [{ name: 'x', from: 'steps.b.output' }], timeoutMs: 5 };
  const { steps, settings } = diffDefinitions({ ...definition(before), deadlineMs: 5 }, { ...definition(after), concurrency: { maxRuns: 2 } });
  expect(steps[0]?.fields).toEqual([
    { field: 'inputs.x.value', change: 'REMOVED', before: 1, after: null },
    { field: 'inputs.x.from', change: 'ADDED', before: null, after: 'steps.b.output' },
    { field: 'timeoutMs', change: 'CHANGED', before: 1000, after: 5 },
  ]);
  expect(settings).toEqual([{ field: 'deadlineMs', change: 'REMOVED', before: 5, after: null }, { field: 'concurrency', change: 'ADDED', before: null, after: { maxRuns: 2 } }]);
});
