const pattern = /^[a-zA-Z][a-zA-Z0-9_]{0,49}$/;
const ofTheLanguage = new Set(['true', 'false', 'nil', 'null', 'empty', 'blank', 'and', 'or', 'not', 'contains', 'forloop', 'tablerowloop', 'constructor', 'prototype']);

/** Why a variable can't have this name, or undefined where it can. */
export function variableNameProblem(name: string): string | undefined {
  if (name === '') return 'Give it a name.';
  if (ofTheLanguage.has(name)) return `“${name}” means something else in a template. Choose another name.`;
  if (!pattern.test(name)) return 'Use letters, digits and _, a letter first, at most 50 characters.';
  return undefined;
}

/** A name for a value that is such a text: `first_words_of_it`. */
export function variableNameFor(text: string): string {
  const words = text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const name = words.slice(0, 3).join('_').replace(/^[0-9_]+/, '').slice(0, 30).replace(/_+$/, '');
  return variableNameProblem(name) === undefined ? name : 'value';
}
