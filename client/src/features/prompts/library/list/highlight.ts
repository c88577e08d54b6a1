import type { LibraryPromptsQuery } from '../../../../gql/graphql';

type SearchHit = LibraryPromptsQuery['prompts']['edges'][number]['hits'][number];
export type Fragment = Pick<SearchHit['fragments'][number], 'hit' | 'text'>;

interface Highlights {
  name: readonly Fragment[];
  description: readonly Fragment[];
  /** What of the search stands in tags, in lower case. */
  inTags: readonly string[];
  /** Places that a row does not show otherwise. */
  excerpts: readonly { label: string; fragments: readonly Fragment[] }[];
}

/** Where to mark what was searched for: in the row itself where the whole text stands there, else in an excerpt under it. */
export function highlightsOf({ name, description }: { name: string; description: string }, hits: readonly SearchHit[]): Highlights {
  const of = (field: SearchHit['field']) => hits.find((hit) => hit.field === field)?.fragments ?? [];
  const inName = of('NAME');
  const inDescription = of('DESCRIPTION');
  const nameIsWhole = textOf(inName) === name;
  const descriptionIsWhole = textOf(inDescription) === description;
  const excerpts = [
    ...(nameIsWhole ? [] : [{ label: 'Name', fragments: inName }]),
    ...(descriptionIsWhole ? [] : [{ label: 'Description', fragments: inDescription }]),
    { label: 'Text', fragments: of('TEXT') },
  ].filter(({ fragments }) => fragments.length > 0);
  return {
    name: nameIsWhole ? inName : [{ hit: false, text: name }],
    description: descriptionIsWhole ? inDescription : [{ hit: false, text: description }],
    inTags: of('TAGS').filter(({ hit }) => hit).map(({ text }) => text.toLowerCase()),
    excerpts,
  };
}

const textOf = (fragments: readonly Fragment[]): string => fragments.map(({ text }) => text).join('');

/** A tag cut where the search was found in it. */
export function fragmentsOfTag(tag: string, found: readonly string[]): readonly Fragment[] {
  const lower = tag.toLowerCase();
  const match = found.filter((text) => text && lower.includes(text)).toSorted((a, b) => b.length - a.length)[0];
  if (!match) return [{ hit: false, text: tag }];
  const at = lower.indexOf(match);
  const parts = [{ hit: false, text: tag.slice(0, at) }, { hit: true, text: tag.slice(at, at + match.length) }, { hit: false, text: tag.slice(at + match.length) }];
  return parts.filter(({ text }) => text);
}
