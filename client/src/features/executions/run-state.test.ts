import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyEvents, emptyRun, totalUsage, type RunEvent } from './run-state';

const at = (seq: number) => new Date(Date.UTC(2026, 0, 1) + seq * 250).toISOString();

function numbered(events: readonly Omit<RunEvent, 'seq' | 'at'>[]): RunEvent[] {
  return events.map((event, index) => ({ ...event, seq: index + 1, at: at(index + 1) }));
}

const stepEvent = fc.record({
  type: fc.constantFrom('STEP_STARTED', 'STEP_OUTPUT', 'STEP_RETRY_SCHEDULED', 'STEP_OUTCOME_UNKNOWN', 'STEP_COMPLETED', 'STEP_FAILED'),
  stepKey: fc.constantFrom('extract', 'summarise', 'unheard_of'),
  attempt: fc.integer({ min: 1, max: 3 }),
  payload: fc.oneof(
    fc.record({ text: fc.string() }),
    fc.record({ output: fc.jsonValue(), usage: fc.record({ inputTokens: fc.nat(), outputTokens: fc.nat() }) }),
    fc.record({ error: fc.record({ code: fc.string(), message: fc.string() }), retryAt: fc.constant(at(0)) }),
    fc.jsonValue(),
  ),
} as const);

const runEvent = fc.record({
  type: fc.constantFrom('EXECUTION_QUEUED', 'EXECUTION_STARTED', 'EXECUTION_RESUMED', 'EXECUTION_COMPLETED', 'EXECUTION_FAILED'),
  payload: fc.oneof(fc.record({ output: fc.jsonValue() }), fc.jsonValue()),
} as const);

const history = fc.array(fc.oneof({ weight: 4, arbitrary: stepEvent }, { weight: 1, arbitrary: runEvent }), { maxLength: 40 }).map(numbered);
const start = emptyRun(['extract', 'summarise']);

describe('the state of a run, made from its events', () => {
  test('is the same however the events were cut into batches', () => {
    fc.assert(
      fc.property(history, fc.nat(), (events, cut) => {
        const at = events.length === 0 ? 0 : cut % events.length;
        const inTwo = applyEvents(applyEvents(start, events.slice(0, at)), events.slice(at));
        expect(inTwo).toEqual(applyEvents(start, events));
      }),
    );
  });

  test('does not change when events are sent again after a reconnection', () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.nat(), (events, seen, from) => {
        const seenUpTo = events.length === 0 ? 0 : seen % (events.length + 1);
        const resentFrom = seenUpTo === 0 ? 0 : from % (seenUpTo + 1);
        const interrupted = applyEvents(applyEvents(start, events.slice(0, seenUpTo)), events.slice(resentFrom));
        expect(interrupted).toEqual(applyEvents(start, events));
      }),
    );
  });

  test('leaves the earlier state as it was', () => {
    fc.assert(
      fc.property(history, (events) => {
        const before = structuredClone(start);
        applyEvents(start, events);
        expect(start).toEqual(before);
      }),
    );
  });

  test('grows the text of a step as it is streamed, and begins it anew with another attempt', () => {
    const events = numbered([
      { type: 'EXECUTION_STARTED', payload: {} },
      { type: 'STEP_STARTED', stepKey: 'extract', attempt: 1, payload: { provider: 'simulated', model: 'simulated/writer', simulated: true } },
      { type: 'STEP_OUTPUT', stepKey: 'extract', attempt: 1, payload: { text: 'Half of ' } },
      { type: 'STEP_OUTPUT', stepKey: 'extract', attempt: 1, payload: { text: 'an answer' } },
      { type: 'STEP_RETRY_SCHEDULED', stepKey: 'extract', attempt: 1, payload: { retryAt: at(9), error: { code: 'CUT_OFF', message: 'It broke off.' } } },
      { type: 'STEP_STARTED', stepKey: 'extract', attempt: 2, payload: {} },
      { type: 'STEP_OUTPUT', stepKey: 'extract', attempt: 2, payload: { text: 'Whole' } },
    ]);
    expect(applyEvents(start, events.slice(0, 4)).steps.extract?.text).toBe('Half of an answer');

    const waiting = applyEvents(start, events.slice(0, 5));
    expect(waiting.status).toBe('WAITING');
    expect(waiting.steps.extract).toMatchObject({ status: 'WAITING', retryAt: at(9), error: { code: 'CUT_OFF' } });

    const retried = applyEvents(start, events);
    expect(retried.status).toBe('RUNNING');
    expect(retried.steps.extract).toMatchObject({ text: 'Whole', attempt: 2, error: null, simulated: true });
    expect(retried.steps.extract?.attempts.map(({ outcome }) => outcome)).toEqual(['FAILED', 'RUNNING']);
  });

  test('shows an attempt that was cut off by a crash as interrupted, and the one that follows it', () => {
    const state = applyEvents(
      start,
      numbered([
        { type: 'EXECUTION_STARTED', payload: {} },
        { type: 'STEP_STARTED', stepKey: 'extract', attempt: 1, payload: {} },
        { type: 'EXECUTION_RESUMED', payload: {} },
        { type: 'STEP_OUTCOME_UNKNOWN', stepKey: 'extract', attempt: 1, payload: {} },
        { type: 'STEP_STARTED', stepKey: 'extract', attempt: 2, payload: {} },
        { type: 'STEP_COMPLETED', stepKey: 'extract', attempt: 2, payload: { output: 'done', usage: { inputTokens: 7, outputTokens: 3 } } },
        { type: 'EXECUTION_COMPLETED', payload: { output: { extract: 'done' } } },
      ]),
    );
    expect(state).toMatchObject({ status: 'COMPLETED', resumes: 1, output: { extract: 'done' } });
    expect(state.steps.extract?.attempts.map(({ outcome }) => outcome)).toEqual(['INTERRUPTED', 'COMPLETED']);
    expect(totalUsage(state)).toEqual({ inputTokens: 7, outputTokens: 3 });
  });

  test('knows when an attempt waited, and that an output was too long to be sent', () => {
    const events = numbered([
      { type: 'STEP_STARTED', stepKey: 'extract', attempt: 1, payload: {} },
      { type: 'STEP_WAITING', stepKey: 'extract', attempt: 1, payload: { reason: 'DELAY' } },
      { type: 'STEP_COMPLETED', stepKey: 'extract', attempt: 1, payload: { outputOmitted: true } },
    ]);
    const waiting = applyEvents(start, events.slice(0, 2)).steps.extract;
    expect(waiting?.attempts[0]?.waits).toEqual([{ reason: 'DELAY', startedAt: at(2), endedAt: null }]);
    const completed = applyEvents(start, events).steps.extract;
    expect(completed).toMatchObject({ status: 'COMPLETED', output: undefined, attempts: [{ waits: [{ endedAt: at(3) }] }] });
  });

  test('keeps what a step logs, whichever attempt said it', () => {
    const events = numbered([
      { type: 'STEP_LOG', stepKey: 'extract', attempt: 1, payload: { level: 'warn', message: 'Slow', fields: { ms: 3 } } },
      { type: 'STEP_STARTED', stepKey: 'extract', attempt: 1, payload: {} },
      { type: 'STEP_LOG', stepKey: 'extract', attempt: 2, payload: { level: 'odd', message: 'Again' } },
    ]);
    expect(applyEvents(start, events).steps.extract?.logs).toMatchObject([{ level: 'warn', message: 'Slow', fields: { ms: 3 }, attempt: 1 }, { level: 'info', message: 'Again', attempt: 2 }]);
  });
});
