import { expect, test } from '@jest/globals';
import { idle, runReducer, textOf, type RunAction, type RunRecord, type RunState } from './run-state';

const record: RunRecord = {
  id: 'r', status: 'COMPLETED', model: 'simulated/instant', simulated: true, output: 'Hello there', structured: null, outputProblems: null,
  finishReason: 'stop', firstTokenMs: 3, durationMs: 9, cost: 0, createdAt: '2026-11-24T00:00:00.000Z', usage: { inputTokens: 1, outputTokens: 2 }, error: null, toolCalls: [], version: null,
};
const after = (...actions: RunAction[]): RunState => actions.reduce(runReducer, idle);
const begin: RunAction = { type: 'begin', now: 100 };
const text = (said: string, now: number): RunAction => ({ type: 'event', now, event: { type: 'TEXT', text: said, run: null, toolCall: null } });

test('Pieces of text are joined as they arrive, and the first says how long it took', () => {
  expect(after(begin, text('Hello', 150), text(' there', 900))).toMatchObject({ phase: 'running', text: 'Hello there', firstTextMs: 50 });
});

test('The end brings the record of the run', () => {
  const state = after(begin, text('Hello', 150), { type: 'event', now: 200, event: { type: 'FINISHED', text: null, toolCall: null, run: record } });
  expect(state).toEqual({ phase: 'ended', run: record });
  expect(textOf(state)).toBe('Hello there');
});

test('What had arrived stays when a run is cancelled or breaks off, and nothing comes after', () => {
  expect(after(begin, text('Hel', 150), { type: 'cancel', now: 400 }, text('lo', 500))).toMatchObject({ phase: 'cancelled', text: 'Hel', afterMs: 300 });
  expect(after(begin, text('Hel', 150), { type: 'refuse', message: 'Lost.', fields: [] }, { type: 'cancel', now: 2 })).toMatchObject({ phase: 'refused', text: 'Hel', message: 'Lost.' });
});
