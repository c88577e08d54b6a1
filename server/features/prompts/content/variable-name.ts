const namePattern = /^[a-zA-Z][a-zA-Z0-9_]{0,49}$/;

/** Names that every object has, and words that mean a value of their own in a template. */
const taken = new Set(['constructor', 'prototype', 'true', 'false', 'nil', 'null', 'empty', 'blank', 'and', 'or', 'not', 'contains', 'forloop', 'tablerowloop']);

/** @returns why a variable can't have this name */
export function variableNameProblem(name: string): string | undefined {
  if (!namePattern.test(name)) return 'letters, digits and _, a letter first, at most 50 characters.';
  return taken.has(name) ? 'this one means something of its own.' : undefined;
}
