import { describe, expect, test } from '@jest/globals';
import { formFieldsOf, initialValues, problemsIn, sentValues } from './form-fields';

const fields = formFieldsOf({
  type: 'object',
  properties: {
    amount: { type: 'integer', title: 'Amount', maximum: 100 },
    urgent: { type: 'boolean' },
    reason: { enum: ['late', 2] },
    when: { type: 'string', format: 'date-time' },
    more: { type: 'object', default: { a: 1 } },
    note: { type: 'string', description: 'For the customer' },
  },
  required: ['amount', 'reason'],
});

describe('the fields of a JSON Schema', () => {
  test('are of the kind that their types ask for', () => {
    expect(fields.map(({ name, label, kind, required }) => [name, label, kind, required])).toEqual([
      ['amount', 'Amount', 'integer', true],
      ['urgent', 'urgent', 'boolean', false],
      ['reason', 'reason', 'choice', true],
      ['when', 'when', 'time', false],
      ['more', 'more', 'json', false],
      ['note', 'note', 'text', false],
    ]);
  });

  test('send what was filled in, and nothing for the rest', () => {
    const values = { ...initialValues(fields), amount: 20, reason: 2, when: '2026-03-01T09:00' };
    expect(problemsIn(fields, values)).toEqual({});
    expect(sentValues(fields, values)).toEqual({ amount: 20, urgent: false, reason: 2, when: new Date('2026-03-01T09:00').toISOString(), more: { a: 1 } });
  });

  test('that are required and empty, or no JSON, say so', () => {
    expect(problemsIn(fields, { ...initialValues(fields), more: '{' })).toEqual({ amount: 'Fill this in.', reason: 'Choose one.', more: 'This is no JSON.' });
  });

  test('of what is no schema are none', () => {
    expect([formFieldsOf(null), formFieldsOf({ type: 'object' }), formFieldsOf({ properties: 3 })]).toEqual([[], [], []]);
  });
});
