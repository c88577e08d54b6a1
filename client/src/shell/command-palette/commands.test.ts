import { describe, expect, test } from '@jest/globals';
import { commandsFor, firstChoice, moveChoice } from './commands';

const pages = [{ label: 'Home', to: '/' }, { label: 'Prompts', to: '/prompts' }];
const results = {
  prompts: { edges: [{ node: { id: 'p1', name: 'Reply', path: 'support/reply' } }, { node: { id: 'p2', name: 'Home page text', path: 'web/home' } }] },
  workflows: { edges: [{ node: { id: 'w1', name: 'Digest' } }] },
};
const all = () => true;
const found = { results, isCurrent: true };
const titles = (typed: string) => commandsFor(typed, pages, found, all).map(({ title }) => title);
const labels = (typed: string) => commandsFor(typed, pages, found, all).flatMap(({ commands }) => commands.map(({ label }) => label));

describe('the palette offers', () => {
  test('pages, actions and the latest while nothing is typed', () => {
    expect(titles(' ')).toEqual(['Pages', 'Actions', 'Latest prompts', 'Latest workflows']);
  });

  test('what has all words in it, those that are called so before those that only mention it', () => {
    expect(labels('home')).toEqual(['Go to Home', 'Home page text', 'Reply', 'Digest']);
    expect(labels('NEW prom')).toContain('New prompt');
    expect(labels('new prom')).not.toContain('New workflow');
  });

  test('of what was found before only what fits what is typed now', () => {
    const groups = commandsFor('dig', pages, { results, isCurrent: false }, all);
    expect(groups.flatMap(({ commands }) => commands.map(({ label }) => label))).toEqual(['Digest']);
  });

  test('first what is called what was typed, though something else that has it in its text stands before it', () => {
    const commands = commandsFor('digest', pages, found, all).flatMap((group) => group.commands);
    expect(commands.map(({ label }) => label)).toEqual(['Reply', 'Home page text', 'Digest']);
    expect(firstChoice(commands, 'digest')?.label).toBe('Digest');
    expect(firstChoice(commands, 'refund')?.label).toBe('Reply');
    expect(firstChoice([], 'x')).toBeUndefined();
  });

  test('of the actions those that whoever asks may do', () => {
    const offered = commandsFor('new', pages, found, (permission) => permission === 'workflow:write').find(({ title }) => title === 'Actions');
    expect(offered?.commands.map(({ label }) => label)).toEqual(['New workflow']);
  });

  test('pages at once, before the server has answered', () => {
    expect(commandsFor('go', pages, undefined, all).map(({ title }) => title)).toEqual(['Pages']);
  });
});

test('arrows go round', () => {
  const commands = commandsFor('', pages, undefined, all).flatMap((group) => group.commands);
  const ids = commands.map(({ id }) => id);
  expect(moveChoice(commands, ids[0], 'ArrowDown')).toBe(ids[1]);
  expect(moveChoice(commands, ids.at(-1), 'ArrowDown')).toBe(ids[0]);
  expect(moveChoice(commands, ids[0], 'ArrowUp')).toBe(ids.at(-1));
  expect(moveChoice(commands, undefined, 'ArrowDown')).toBe(ids[0]);
  expect(moveChoice(commands, ids[0], 'x')).toBeUndefined();
  expect(moveChoice([], undefined, 'ArrowDown')).toBeUndefined();
});
