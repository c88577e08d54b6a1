/** What the API takes as the name of a label or a branch. */
const form = /^[a-z0-9][a-z0-9._/-]{0,49}$/;

const looksLikeVersion = /^\d+\.\d+\.\d+$/;

/** What is wrong with the name of a label or a branch; null where nothing is. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'Give it a name.';
  if (name.length > 50) return 'Keep it to 50 characters.';
  if (!form.test(name)) return 'Use small letters, digits and . _ / - only, a letter or digit first.';
  return null;
}

export const labelNameProblem = (name: string): string | null =>
  looksLikeVersion.test(name) ? 'This looks like a version number. Choose a word.' : nameProblem(name);

/** As it is typed: capitals and blanks become what a name may hold. */
export const asName = (text: string): string => text.toLowerCase().replace(/\s+/g, '-');
