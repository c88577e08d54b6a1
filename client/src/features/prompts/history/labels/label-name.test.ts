import { expect, test } from '@jest/globals';
import { asName, labelNameProblem, nameProblem } from './label-name';

test.each(['production', 'eu/production', 'v2', 'a.b-c_d', '2026'])('%s is a name', (name) => {
  expect(labelNameProblem(name)).toBeNull();
});

test.each(['', '-x', 'Größe', 'a b', 'x'.repeat(51), '<b>'])('%j is no name', (name) => {
  expect(nameProblem(name)).not.toBeNull();
});

test('a label can’t look like a version', () => {
  expect(labelNameProblem('1.2.0')).toMatch(/version number/);
  expect(nameProblem('1.2.0')).toBeNull();
});

test('what is typed becomes a name', () => {
  expect(asName('Friendly Tone')).toBe('friendly-tone');
});
