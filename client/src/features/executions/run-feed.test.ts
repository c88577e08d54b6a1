import { describe, expect, test } from '@jest/globals';
import { followRun, type Connection, type Listener } from './run-feed';
import type { RunEvent } from './run-state';

const event = (seq: number, type: RunEvent['type'] = 'STEP_OUTPUT'): RunEvent => ({ seq, type, at: '2026-01-01T00:00:00Z', payload: {} });

function follow(after = 0) {
  const asked: { after: number; listener: Listener; closed: boolean }[] = [];
  const retries: (() => void)[] = [];
  const seen: number[] = [];
  const connections: Connection[] = [];
  const stop = followRun({
    after,
    subscribe: (from, listener) => {
      const request = { after: from, listener, closed: false };
      asked.push(request);
      return () => {
        request.closed = true;
      };
    },
    onEvent: ({ seq }) => seen.push(seq),
    onConnection: (connection) => connections.push(connection),
    isFinal: (error) => error === 'no such run',
    wait: (_failures, ready) => {
      retries.push(ready);
      return () => {
        retries.length = 0;
      };
    },
  });
  const send = (...events: RunEvent[]) => events.forEach((each) => asked.at(-1)?.listener.next(each));
  return { asked, retries, seen, connections, stop, send };
}

describe('following a run', () => {
  test('asks for what came after the last event that it saw when the connection is lost', () => {
    const { asked, retries, seen, connections, send } = follow();
    send(event(1), event(2));
    asked[0]?.listener.error(new Error('Socket closed'));
    expect(connections.at(-1)).toBe('reconnecting');
    retries[0]?.();
    expect(asked.map((request) => request.after)).toEqual([0, 2]);
    send(event(3), event(4, 'EXECUTION_COMPLETED'));
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(connections.at(-1)).toBe('ended');
  });

  test.each(['EXECUTION_COMPLETED', 'EXECUTION_FAILED', 'EXECUTION_CANCELLED'] as const)('ends with %s, and asks for no more', (type) => {
    const { asked, retries, connections, send } = follow();
    send(event(1), event(2, type));
    asked[0]?.listener.complete();
    expect(connections.at(-1)).toBe('ended');
    expect(retries).toHaveLength(0);
  });

  test('passes an event on once, however often it is sent', () => {
    const { seen, send } = follow(2);
    send(event(1), event(2), event(3), event(3), event(4));
    expect(seen).toEqual([3, 4]);
  });

  test('asks again rather than pass on an event that leaves a gap', () => {
    const { asked, retries, seen, send } = follow();
    send(event(1), event(3));
    retries[0]?.();
    expect(asked[0]?.closed).toBe(true);
    expect(asked[1]?.after).toBe(1);
    send(event(2), event(3));
    expect(seen).toEqual([1, 2, 3]);
  });

  test('goes on when the server ends the feed before the run has ended', () => {
    const { asked, retries, send } = follow();
    send(event(1));
    asked[0]?.listener.complete();
    retries[0]?.();
    expect(asked.at(-1)?.after).toBe(1);
  });

  test('gives up on an error that trying again would not mend', () => {
    const { asked, retries, connections } = follow();
    asked[0]?.listener.error('no such run');
    expect(retries).toHaveLength(0);
    expect(connections.at(-1)).toBe('ended');
  });

  test('hears nothing more, and tries no more, once it was told to stop', () => {
    const { asked, retries, seen, stop, send } = follow();
    stop();
    expect(asked[0]?.closed).toBe(true);
    send(event(1));
    asked[0]?.listener.error(new Error('Socket closed'));
    expect(seen).toEqual([]);
    expect(retries).toHaveLength(0);
  });
});
