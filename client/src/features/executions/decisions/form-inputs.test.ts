import { expect, test } from '@jest/globals';
import { inputsOfForm } from './form-inputs';

test('the fields of a form are asked for as inputs of a run are, each by its type and rules', () => {
  const inputs = inputsOfForm({
    type: 'object',
    properties: {
      amount: { type: 'integer', title: 'Amount', description: 'in euros', maximum: 100 },
      urgent: { type: 'boolean' },
      reason: { type: 'string', enum: ['late', 'broken'] },
      when: { type: 'string', format: 'date' },
      more: { type: 'object', default: { a: 1 } },
      note: { type: 'string' },
    },
    required: ['amount'],
  });
  expect(inputs.map(({ name, type, required }) => [name, type, required])).toEqual([
    ['amount', 'NUMBER', true],
    ['urgent', 'BOOLEAN', false],
    ['reason', 'STRING', false],
    ['when', 'STRING', false],
    ['more', 'JSON', false],
    ['note', 'TEXT', false],
  ]);
  expect(inputs[0]).toMatchObject({ description: 'Amount: in euros', schema: { type: 'integer', maximum: 100 } });
  expect(inputs[4]).toMatchObject({ defaultValue: { a: 1 } });
});

test('what is no schema of an object asks for nothing', () => {
  expect([inputsOfForm(null), inputsOfForm({ type: 'object' }), inputsOfForm({ properties: 3 })]).toEqual([[], [], []]);
});
