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

test('refusals for other reasons name none', () => {
  expect(brokenUsesOf(refusal('CONFLICT'))).toBeUndefined();
  expect(brokenUsesOf(refusal('NOT_FOUND', { dependents }))).toBeUndefined();
  expect(brokenUsesOf(new Error('offline'))).toBeUndefined();
});
