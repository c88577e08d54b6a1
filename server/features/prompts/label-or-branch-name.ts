const pattern = /^[a-z0-9][a-z0-9._/-]{0,49}$/;

/** In words: what labels and branches may be called. */
export const nameRule = 'Use lower-case letters, digits and . _ / -, a letter or digit first, at most 50 characters.';

export function isLabelOrBranchName(text: string): boolean {
  return pattern.test(text);
}

/** In words: what a new name must not be besides. Older ones may be so and stay usable. */
export const newNameRule = 'Don’t end it with /, and leave out .. and //.';

export function fitsNewNameRule(name: string): boolean {
  return !name.endsWith('/') && !name.includes('..') && !name.includes('//');
}

/** Whether it could be taken for a version's number, however it is written: `2`, `v1.2`. Looser than what a version's number is. */
export function resemblesVersionNumber(name: string): boolean {
  return /^v?\d+(\.\d+)*$/.test(name);
}
