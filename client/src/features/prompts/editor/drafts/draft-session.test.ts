import { beforeEach, describe, expect, test } from '@jest/globals';
import { ApiError } from '../../../../api/api-errors';
import { draftOf, type PromptDraft, type PromptVersion } from '../prompt-draft';
import type { KeptDraft } from './draft-saver';
import { DraftSession, type DraftApi, type WrittenDraft } from './draft-session';

const version = (id: string, content: string): PromptVersion => ({
  id, version: '1.0.0', message: 'Change', createdAt: '2026-01-01T12:00:00Z', branch: 'main', author: { id: 'u', name: 'Ann' },
  messages: [{ id: 'm1', role: 'USER', content }], variables: [], tools: [], outputSchema: null,
  settings: { model: 'simulated/extract', temperature: null, topP: null, maxOutputTokens: null, seed: null, stopSequences: null },
});

/** A server as the API describes it. */
class Server implements DraftApi {
  head = version('v1', 'Hello');
  kept: (WrittenDraft & KeptDraft) | null = null;

  async load() {
    return { head: this.head, kept: this.kept };
  }

  async save(written: WrittenDraft, expectedRevision: number | undefined) {
    const revision = this.kept?.revision ?? 0;
    if (expectedRevision !== undefined && expectedRevision !== revision) throw new ApiError({ code: 'CONFLICT', message: 'No.', fields: [] });
    this.kept = { ...written, revision: revision + 1, updatedAt: '2026-01-01T12:00:00Z' };
    return this.kept;
  }

  async discard() {
    this.kept = null;
  }
}

const saying = (content: string) => (draft: PromptDraft): PromptDraft => ({ ...draft, messages: draft.messages.map((message) => ({ ...message, content })) });
const textOf = (written: WrittenDraft | null | undefined) => written?.draft.messages[0]?.content;

let server: Server;
let session: DraftSession;
const shown = () => session.current();
beforeEach(async () => {
  server = new Server();
  session = new DraftSession(server);
  await session.load();
});

test('without a draft the newest version is what is edited', () => {
  expect(textOf(shown().written)).toBe('Hello');
  expect(shown()).toMatchObject({ dirty: false, saving: { status: 'none' } });
});

test('what is written survives in another session', async () => {
  session.change(saying('Bye'));
  await session.flush();
  const other = new DraftSession(server);
  await other.load();
  expect(textOf(other.current().written)).toBe('Bye');
  expect(other.current()).toMatchObject({ dirty: true, saving: { status: 'saved' } });
});

test('written back to what it was, nothing is kept', async () => {
  session.change(saying('Bye'));
  await session.flush();
  session.change(saying('Hello'));
  await session.flush();
  expect(server.kept).toBeNull();
  expect(shown().dirty).toBe(false);
});

test('what is written and saved while the server looks for something newer is not overtaken by its answer', async () => {
  const before = await server.load();
  let answer = () => {};
  server.load = () => new Promise((resolve) => (answer = () => resolve(before)));
  const loading = session.load();
  // The request is on its way.
  await Promise.resolve();
  session.change(saying('Bye'));
  await session.flush();
  answer();
  await loading;
  expect(textOf(shown().written)).toBe('Bye');
  expect(textOf(server.kept)).toBe('Bye');
});

test('a discarded draft can be brought back', async () => {
  session.change(saying('Bye'));
  await session.flush();
  const bringBack = session.discard();
  await session.flush();
  expect(server.kept).toBeNull();
  bringBack();
  await session.flush();
  expect(textOf(shown().written)).toBe('Bye');
  expect(textOf(server.kept)).toBe('Bye');
});

describe('a newer version of the branch', () => {
  const newer = version('v2', 'Newer');

  test('takes the old one’s place where nothing was changed', () => {
    session.headIs(newer);
    expect(textOf(shown().written)).toBe('Newer');
  });

  test('leaves what was written, on top of the version that it began from', () => {
    session.change(saying('Bye'));
    session.headIs(newer);
    expect(textOf(shown().written)).toBe('Bye');
    expect(shown()).toMatchObject({ head: { id: 'v2' }, written: { base: { id: 'v1' } } });
    session.startFrom(newer);
    expect(shown()).toMatchObject({ written: { base: { id: 'v2' } }, dirty: true });
  });
});

describe('a commit', () => {
  test('ends the draft', async () => {
    session.change(saying('Bye'));
    await session.flush();
    const sent = shown().written!.draft;
    server.head = version('v2', 'Bye');
    session.committed(server.head, sent);
    await session.flush();
    expect(server.kept).toBeNull();
    expect(shown()).toMatchObject({ dirty: false, head: { id: 'v2' }, written: { base: { id: 'v2' } } });
  });

  test('keeps what was written while it was under way', async () => {
    session.change(saying('Bye'));
    const sent = shown().written!.draft;
    session.change(saying('Bye bye'));
    session.committed(version('v2', 'Bye'), sent);
    await session.flush();
    expect(textOf(server.kept)).toBe('Bye bye');
    expect(server.kept?.base.id).toBe('v2');
  });
});

describe('another device', () => {
  const elsewhere = async (content: string) => {
    const base = version('v1', 'Hello');
    await server.save({ base, draft: saying(content)(draftOf(base)) }, undefined);
  };

  test('has saved: it is gone on with, when nothing here is unsaved', async () => {
    await elsewhere('From the train');
    await session.load();
    expect(textOf(shown().written)).toBe('From the train');
  });

  test('has saved while one wrote here: either can be chosen', async () => {
    await elsewhere('From the train');
    session.change(saying('At the desk'));
    await session.flush();
    expect(shown().saving.status).toBe('conflict');
    expect(textOf(shown().written)).toBe('At the desk');
    await session.keepMine();
    expect(textOf(server.kept)).toBe('At the desk');
    await elsewhere('Again');
    session.change(saying('Here'));
    await session.flush();
    await session.useTheirs();
    expect(textOf(shown().written)).toBe('Again');
    expect(shown().saving.status).toBe('saved');
  });
});
