import { expect, test } from '@jest/globals';
import { countFilters, isNarrowed, noFilters, queryOf, viewOf, withView } from './library-view';

const view = (address: string) => viewOf(new URLSearchParams(address));

test('an address without anything shows all prompts, the newest change first', () => {
  expect(view('')).toEqual({ search: '', place: 'all', tags: [], kind: null, label: '', order: 'UPDATED' });
  expect(queryOf(view(''))).toEqual({ search: null, filter: { archived: false, unfiled: false, tags: [] }, orderBy: 'UPDATED' });
});

test('what was chosen is kept in the address and read back', () => {
  const chosen = { search: 'refund', place: 'f1', tags: ['support', 'a,b'], kind: 'CHAT', label: 'staging', order: 'NAME' } as const;
  expect(viewOf(withView(new URLSearchParams(), chosen))).toEqual(chosen);
});

test('an address that was mistyped shows what can be made of it', () => {
  expect(view('kind=constructor&order=newest&tag=&folder=')).toEqual(view(''));
  expect(view('tag=a&tag=a').tags).toEqual(['a']);
});

test('what is not set does not lengthen the address, and what belongs to others stays in it', () => {
  const params = new URLSearchParams('details=p1&kind=text&search=x&order=created');
  expect(withView(params, { ...noFilters, order: 'UPDATED' }).toString()).toBe('details=p1');
});

test('places that are no folder become filters of their own', () => {
  expect(queryOf(view('folder=unfiled')).filter).toMatchObject({ unfiled: true, archived: false });
  expect(queryOf(view('folder=archived')).filter).toMatchObject({ archived: true, unfiled: false });
  expect(queryOf(view('folder=unfiled')).filter).not.toHaveProperty('folderId');
  expect(queryOf(view('folder=f1')).filter).toMatchObject({ folderId: 'f1' });
});

test('a place narrows nothing; a search and filters do', () => {
  expect(isNarrowed(view('folder=f1&order=name'))).toBe(false);
  expect(isNarrowed(view('search=x'))).toBe(true);
  expect(countFilters(view('tag=a&tag=b&kind=text&search=x'))).toBe(3);
});
