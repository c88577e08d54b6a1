import { expect, it } from '@jest/globals';
import { type PromptRunEvent } from './prompt-run.js';
import { RunFeed } from './run-feed.js';

const text = (content: string): PromptRunEvent => ({ type: 'TEXT', text: content });
const toolCall: PromptRunEvent = { type: 'TOOL_CALL', toolCall: { id: '1', name: 'look', arguments: {}, problems: [] } };

async function rest(feed: RunFeed): Promise<PromptRunEvent[]> {
  const events: PromptRunEvent[] = [];
  for await (const event of feed.read()) events.push(event);
  return events;
}

it('The first text goes out at once', async () => {
  const feed = new RunFeed(60_000);
  const next = feed.read().next();
  feed.push(text('a'));
  expect(await next).toEqual({ done: false, value: text('a') });
});

it('Further text is gathered until the interval is over', async () => {
  const feed = new RunFeed(20);
  const events = feed.read();
  feed.push(text('a'));
  await events.next();
  feed.push(text('b'));
  const next = events.next();
  feed.push(text('c'));
  expect(await next).toEqual({ done: false, value: text('bc') });
});

it('Text that waits for a slow reader is one event', async () => {
  const feed = new RunFeed(0);
  for (const letter of 'abc') feed.push(text(letter));
  feed.close();
  expect(await rest(feed)).toEqual([text('abc')]);
});

it('The order stays: a tool call comes between the texts before and after it, and waits for no interval', async () => {
  const feed = new RunFeed(60_000);
  const events = feed.read();
  feed.push(text('a'));
  await events.next();
  const next = events.next();
  feed.push(text('b'));
  feed.push(toolCall);
  feed.push(text('c'));
  expect(await next).toEqual({ done: false, value: text('b') });
  feed.close();
  expect(await rest(feed)).toEqual([toolCall, text('c')]);
});

it('What waits is handed out before the end, and before an error', async () => {
  const feed = new RunFeed(60_000);
  const events = feed.read();
  feed.push(text('a'));
  feed.close(new Error('gone'));
  feed.push(text('too late'));
  expect(await events.next()).toEqual({ done: false, value: text('a') });
  await expect(events.next()).rejects.toThrow('gone');
});

it('A reader that waits is let go when there is nothing more to come', async () => {
  const feed = new RunFeed();
  const next = feed.read().next();
  feed.close();
  expect(await next).toEqual({ done: true, value: undefined });
});
