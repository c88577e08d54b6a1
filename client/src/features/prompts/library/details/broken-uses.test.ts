import { expect, test } from '@jest/globals';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { brokenUsesOf } from './broken-uses';

const refusal = (code: string, conflict?: unknown) => new CombinedGraphQLErrors({ data: null, errors: [{ message: 'No.', extensions: { code, conflict } }] });
const dependents = [{ path: 'shared/tone', version: '1.2.0', reference: '{% prompt "a" %}' }];
const workflows = [{ name: 'Digest', stepName: 'Summarise' }];

test('a refusal names the prompts and the workflow steps that would break', () => {
  expect(brokenUsesOf(refusal('CONFLICT', { dependents, workflows }))).toEqual({ dependents, workflows });
  expect(brokenUsesOf(refusal('CONFLICT', { dependents }))).toEqual({ dependents, workflows: [] });
});

test.each([
  [{ path: 'a', label: 'production' }, '{% prompt "a" %}'],
  [{ path: 'a', label: 'staging', version: null }, '{% prompt "a", label: "staging" %}'],
  [{ path: 'a', label: null, version: '1.0.0' }, '{% prompt "a", version: "1.0.0" %}'],
  [{ path: 'a', branch: 'draft' }, '{% prompt "a", branch: "draft" %}'],
])('a reference reads as it is written', (reference, text) => {
  const found = brokenUsesOf(refusal('CONFLICT', { dependents: [{ path: 'b', version: '1.0.0', reference }] }));
  expect(found?.dependents[0]?.reference).toBe(text);
});

test('refusals for other reasons name none', () => {
  expect(brokenUsesOf(refusal('CONFLICT'))).toBeUndefined();
  expect(brokenUsesOf(refusal('NOT_FOUND', { dependents }))).toBeUndefined();
  expect(brokenUsesOf(new Error('offline'))).toBeUndefined();
});
