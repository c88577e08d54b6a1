import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ApiError, type Problem } from '../../../../api/api-errors';
import { DraftSaver, type DraftKeeper, type KeptDraft } from './draft-saver';

/** A server as the API describes it. */
class Server implements DraftKeeper<string> {
  kept: { content: string; revision: number } | undefined;
  requests = 0;
  reachable = true;

  async save(content: string, expectedRevision: number | undefined): Promise<KeptDraft> {
    this.answer();
    if (expectedRevision !== undefined && expectedRevision !== (this.kept?.revision ?? 0)) throw failure('CONFLICT');
    this.kept = { content, revision: (this.kept?.revision ?? 0) + 1 };
    return { revision: this.kept.revision, updatedAt: '2026-01-01T12:00:00Z' };
  }

  async discard(): Promise<void> {
    this.answer();
    this.kept = undefined;
  }

  private answer() {
    this.requests++;
    if (!this.reachable) throw failure('UNREACHABLE');
  }
}

const failure = (code: Problem['code']) => new ApiError({ code, message: 'No.', fields: [] });

let server: Server;
let saver: DraftSaver<string>;
const states: string[] = [];
beforeEach(() => {
  jest.useFakeTimers();
  server = new Server();
  states.length = 0;
  saver = new DraftSaver(server, ({ status }) => states.push(status));
});
afterEach(() => {
  jest.useRealTimers();
});

const passes = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('what is written', () => {
  test('is saved once, a moment after the last key', async () => {
    for (const text of ['a', 'ab', 'abc']) {
      saver.write(text);
      await passes(300);
    }
    expect(server.requests).toBe(0);
    await passes(600);
    expect(server.kept).toEqual({ content: 'abc', revision: 1 });
    expect(saver.state).toEqual({ status: 'saved', at: '2026-01-01T12:00:00Z' });
    saver.write('abcd');
    await passes(600);
    expect(server.kept).toEqual({ content: 'abcd', revision: 2 });
  });

  test('is saved at once when it is asked for', async () => {
    saver.write('a');
    await saver.flush();
    expect(server.kept?.content).toBe('a');
    expect(saver.settled).toBe(true);
    await passes(5_000);
    expect(server.requests).toBe(1);
  });

  test('while a save is under way is saved after it', async () => {
    saver.write('a');
    const first = saver.flush();
    saver.write('b');
    await first;
    await passes(600);
    expect(server.kept).toEqual({ content: 'b', revision: 2 });
  });

  test('is taken away again when nothing differs any more', async () => {
    saver.write('a');
    await saver.flush();
    saver.write(null);
    await saver.flush();
    expect(server.kept).toBeUndefined();
    expect(saver.state.status).toBe('none');
    saver.write(null);
    await saver.flush();
    expect(server.requests).toBe(2);
  });

  test('waits while the server can’t be reached, and is saved when it can', async () => {
    server.reachable = false;
    saver.write('a');
    await passes(600);
    expect(saver.state.status).toBe('waiting');
    saver.write('ab');
    expect(saver.state.status).toBe('waiting');
    expect(saver.settled).toBe(false);
    server.reachable = true;
    await passes(4_600);
    expect(server.kept?.content).toBe('ab');
    expect(saver.state.status).toBe('saved');
  });
});

describe('when another device has saved meanwhile', () => {
  beforeEach(async () => {
    await server.save('theirs', 0);
    saver.write('mine');
    await saver.flush();
  });

  test('nothing is replaced', async () => {
    expect(saver.state.status).toBe('conflict');
    saver.write('mine again');
    await passes(10_000);
    expect(server.kept?.content).toBe('theirs');
  });

  test('mine can replace it', async () => {
    await saver.keepMine('mine');
    expect(server.kept).toEqual({ content: 'mine', revision: 2 });
    saver.write('more');
    await saver.flush();
    expect(server.kept).toEqual({ content: 'more', revision: 3 });
  });

  test('theirs can be gone on with', async () => {
    saver.begin({ revision: 1, updatedAt: '2026-01-01T12:00:00Z' });
    saver.write('theirs and more');
    await saver.flush();
    expect(server.kept).toEqual({ content: 'theirs and more', revision: 2 });
  });
});
