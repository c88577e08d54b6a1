import { describe, expect, test } from '@jest/globals';
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { formProblem, problemOf } from './api-errors';

const refusal = (code: string, message: string, fields?: unknown) =>
  new CombinedGraphQLErrors({ data: null, errors: [{ message, extensions: { code, fields } }] });

const serverError = (status: number) => new ServerError('', { response: new Response(null, { status }), bodyText: '' });

test('a refusal of the API keeps its code, its sentence and its fields', () => {
  const fields = [{ field: 'input.name', message: 'Too long.' }];
  expect(problemOf(refusal('BAD_USER_INPUT', 'input.name: Too long.', fields))).toEqual({
    code: 'BAD_USER_INPUT',
    message: 'input.name: Too long.',
    fields,
  });
});

test('what the server did not mean to say is not shown', () => {
  const { code, message } = problemOf(refusal('SOMETHING_ELSE', 'relation "user" does not exist'));
  expect(code).toBe('INTERNAL_SERVER_ERROR');
  expect(message).not.toContain('relation');
});

test('a conflict carries what stands in the way', () => {
  const conflict = { dependents: [] };
  const error = new CombinedGraphQLErrors({ data: null, errors: [{ message: 'In use.', extensions: { code: 'CONFLICT', conflict } }] });
  expect(problemOf(error)).toEqual({ code: 'CONFLICT', message: 'In use.', fields: [], conflict });
});

test('malformed fields are left out', () => {
  expect(problemOf(refusal('BAD_USER_INPUT', 'No.', [{ field: 1 }, 'x', null])).fields).toEqual([]);
});

test.each([
  [new TypeError('Failed to fetch'), 'UNREACHABLE'],
  [serverError(503), 'UNREACHABLE'],
  [serverError(401), 'UNAUTHENTICATED'],
  [serverError(413), 'BAD_USER_INPUT'],
  [serverError(500), 'INTERNAL_SERVER_ERROR'],
])('%s means %s', (error, code) => {
  expect(problemOf(error).code).toBe(code);
});

describe('a form', () => {
  test('shows beside its fields what belongs there, without the prefix', () => {
    const error = refusal('BAD_USER_INPUT', 'x', [{ field: 'input.email', message: 'Taken.' }]);
    expect(formProblem(error, ['name', 'email'])).toMatchObject({ fieldErrors: { email: 'Taken.' }, general: null });
  });

  test('shows above its fields what belongs to none of them', () => {
    const error = refusal('BAD_USER_INPUT', 'x', [
      { field: 'input.settings.model', message: 'No such model.' },
      { field: 'input.messages.0.content', message: 'Write something.' },
    ]);
    expect(formProblem(error, ['settings.model'])).toMatchObject({
      fieldErrors: { 'settings.model': 'No such model.' },
      general: 'Write something.',
    });
  });
});
