/** What a step's input refers to, and the properties and items to go through from there. A secret has none. */
export type Reference = (
  | { kind: 'input'; name: string }
  | { kind: 'step'; key: string }
  | { kind: 'error'; key: string }
  /** Within the steps of a MAP: the item that they run for, or its place in the list, from 0. */
  | { kind: 'item' | 'index' }
  | { kind: 'secret'; name: string }
) & { path: readonly (string | number)[] };

export interface ReferenceValues {
  inputs: Readonly<Record<string, unknown>>;
  /** @returns undefined for a step that has no output */
  outputOf: (stepKey: string) => unknown;
  /** @returns null for a step that did not fail */
  errorOf: (stepKey: string) => unknown;
}

/** What is wrong with a reference, for the person who wrote it. */
export class ReferenceSyntaxError extends Error {
  override readonly name = 'ReferenceSyntaxError';
}

const syntax = 'Write `inputs.<name>` or `steps.<key>.output`, then any properties and items, such as `.items[0].title`.';
const root = /^(?:(inputs|secrets)\.([a-zA-Z][a-zA-Z0-9_]{0,49})|steps\.([a-zA-Z][a-zA-Z0-9_]{0,49})\.(output|error)|(item|index))(?![a-zA-Z0-9_])/;
const segment = /\.([\p{L}_$][\p{L}\p{N}_$-]*)|\[(\d{1,7})\]|\["((?:[^"\\]|\\.)*)"\]/uy;
const longest = 500;

/**
 * Reads a reference such as `inputs.document` or `steps.extract.output.items[0]["a title"]`.
 * @throws ReferenceSyntaxError
 */
export function parseReference(text: string): Reference {
  if (text.length > longest) throw new ReferenceSyntaxError(`Keep this to ${longest} characters.`);
  const start = root.exec(text);
  if (!start) throw new ReferenceSyntaxError(syntax);
  const [whole, owner, name, key, part, place] = start;
  const path = parsePath(text, whole.length);
  if (owner === 'secrets' && path.length > 0) throw new ReferenceSyntaxError('A secret is a text: take off what follows its name.');
  if (name !== undefined) return { kind: owner === 'secrets' ? 'secret' : 'input', name, path };
  if (key !== undefined) return { kind: part === 'error' ? 'error' : 'step', key, path };
  return { kind: place === 'index' ? 'index' : 'item', path };
}

/** Writes what `parseReference` reads. */
export function formatReference(reference: Reference): string {
  return rootOf(reference) + reference.path.map((part) => `[${JSON.stringify(part)}]`).join('');
}

function rootOf(reference: Reference): string {
  switch (reference.kind) {
    case 'input':
      return `inputs.${reference.name}`;
    case 'secret':
      return `secrets.${reference.name}`;
    case 'step':
      return `steps.${reference.key}.output`;
    case 'error':
      return `steps.${reference.key}.error`;
    case 'item':
    case 'index':
      return reference.kind;
  }
}

/** @returns the value, which is JSON, or undefined where there is none. Only what a value holds itself is found, never what its prototype has. */
export function resolveReference(reference: Reference, values: ReferenceValues): unknown {
  let value = rootValue(reference, values);
  for (const part of reference.path) value = own(value, part);
  return value;
}

function rootValue(reference: Reference, { inputs, outputOf, errorOf }: ReferenceValues): unknown {
  switch (reference.kind) {
    case 'input':
      return own(inputs, reference.name);
    case 'step':
      return outputOf(reference.key);
    case 'error':
      return errorOf(reference.key);
    case 'item':
    case 'index':
      return own(inputs, reference.kind);
    case 'secret':
      return undefined;
  }
}

/** Reads the properties and items that follow at a place of a text, such as `.items[0]["a title"]`, up to its end. */
export function parsePath(text: string, from: number): (string | number)[] {
  const path: (string | number)[] = [];
  let at = from;
  while (at < text.length) {
    segment.lastIndex = at;
    const match = segment.exec(text);
    if (!match) throw new ReferenceSyntaxError(`Can't read this from \`${text.slice(at, at + 20)}\` on. ${syntax}`);
    const [whole, property, index, quoted] = match;
    if (index !== undefined) path.push(Number(index));
    else path.push(property ?? unquote(quoted ?? ''));
    at += whole.length;
  }
  return path;
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(`"${quoted}"`));
  } catch {
    throw new ReferenceSyntaxError(`"${quoted}" is no JSON string.`);
  }
}

/** What a value holds itself under a name or a place, never what its prototype has. */
export function own(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  // A list has items, not a length.
  if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}
