import { expect, test } from '@jest/globals';
import { type PinningRun, pinnedSteps } from './pinned-steps';

const step = (key: string, name: string, promptId?: string) => ({ key, name, promptVersion: promptId ? { prompt: { id: promptId } } : null });
const run = (lockfile: unknown, steps: PinningRun['steps']): PinningRun => ({ lockfile, steps });

test('steps that ask a model are told in the order of the run, those within others by the way to them', () => {
  const lockfile = {
    prompts: { 'each/say': { promptVersion: '2.0.0', settings: { model: 'a' } }, write: { promptVersion: '1.0.0', settings: { model: 'b' }, models: [{ model: 'b' }, { model: 'c' }] }, inline: { settings: { model: 'd' } } },
    models: { decide: { model: 'e' } },
  };
  expect(pinnedSteps(run(lockfile, [step('decide', 'Decide'), step('write', 'Write', 'p1'), step('each', 'For each'), step('inline', 'Inline')]))).toEqual([
    { path: 'decide', name: 'Decide', model: 'e', promptVersion: null, promptId: null },
    { path: 'write', name: 'Write', model: 'b, c', promptVersion: '1.0.0', promptId: 'p1' },
    { path: 'each/say', name: 'For each › say', model: 'a', promptVersion: '2.0.0', promptId: null },
    { path: 'inline', name: 'Inline', model: 'd', promptVersion: null, promptId: null },
  ]);
});

test('a lockfile that says nothing of the kind has none', () => {
  expect(pinnedSteps(run(null, []))).toEqual([]);
  expect(pinnedSteps(run({}, []))).toEqual([]);
});
