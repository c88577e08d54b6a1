import { describe, expect, test } from '@jest/globals';
import { FolderTree, type Folder } from './folder-tree';

const folder = (id: string, name: string, parentId: string | null = null, promptCount = 0): Folder =>
  ({ id, name, parentId, promptCount, colour: 'GRAY' });

const tree = new FolderTree([
  folder('tickets', 'Tickets', 'support', 3),
  folder('support', 'Support', null, 1),
  folder('marketing', 'marketing', null, 2),
  folder('old', 'Old 10', 'tickets', 4),
  folder('older', 'Old 9', 'tickets'),
]);

const shown = (...expanded: string[]) => tree.visible((id) => expanded.includes(id)).map(({ id }) => id);

describe('the tree shows', () => {
  test('folders by name, numbers by size, closed ones without what is in them', () => {
    expect(shown()).toEqual(['marketing', 'support']);
    expect(shown('support', 'tickets')).toEqual(['marketing', 'support', 'tickets', 'older', 'old']);
    expect(shown('tickets')).toEqual(['marketing', 'support']);
  });

  test('for each folder its level, its place among its siblings and whether it can be opened', () => {
    const [marketing, support, tickets] = tree.visible((id) => id === 'support');
    expect(marketing).toMatchObject({ level: 1, position: 1, setSize: 2, expanded: undefined });
    expect(support).toMatchObject({ level: 1, position: 2, setSize: 2, expanded: true });
    expect(tickets).toMatchObject({ level: 2, position: 1, setSize: 1, expanded: false });
  });

  test('how many prompts a folder holds with those within it', () => {
    expect(tree.totalOf('support')).toBe(8);
    expect(tree.visible(() => false).map(({ total }) => total)).toEqual([2, 8]);
  });

  test('a folder whose parent is not there at the top', () => {
    expect(new FolderTree([folder('a', 'A', 'gone')]).visible(() => true).map(({ level }) => level)).toEqual([1]);
  });
});

test('a path reads from the top', () => {
  expect(tree.pathOf('old')).toBe('Support / Tickets / Old 10');
  expect(tree.pathOf('gone')).toBe('');
});

test('a folder moves anywhere but where it is and into itself', () => {
  expect(tree.canMove('tickets', 'marketing')).toBe(true);
  expect(tree.canMove('tickets', null)).toBe(true);
  expect(tree.canMove('support', null)).toBe(false);
  expect(tree.canMove('tickets', 'support')).toBe(false);
  expect(tree.canMove('support', 'support')).toBe(false);
  expect(tree.canMove('support', 'old')).toBe(false);
  expect(tree.canMove('gone', null)).toBe(false);
});
