import { describe, expect, test } from '@jest/globals';
import { fieldsOf, schemaOf, type AskedField } from './approval-form';

const fields: AskedField[] = [
  { name: 'amount', kind: 'integer', required: true, choices: [] },
  { name: 'reason', kind: 'choice', required: false, choices: ['late', 'broken'] },
  { name: 'from', kind: 'date', required: false, choices: [] },
  { name: 'note', kind: 'text', required: false, choices: [] },
];

describe('the form of an approval', () => {
  test('becomes a JSON Schema and is read from it again', () => {
    const schema = schemaOf(fields);
    expect(schema).toMatchObject({ properties: { amount: { type: 'integer' }, reason: { type: 'string', enum: ['late', 'broken'] }, from: { type: 'string', format: 'date' } }, required: ['amount'] });
    expect(fieldsOf(schema)).toEqual(fields);
  });

  test('leaves out what has no name yet, or one that is taken', () => {
    const unnamed: AskedField = { name: ' ', kind: 'text', required: true, choices: [] };
    expect(fieldsOf(schemaOf([...fields, unnamed, { ...unnamed, name: 'amount ' }]))).toEqual(fields);
  });

  test('that says more than a list of fields can is not read as one', () => {
    expect(fieldsOf({ ...schemaOf(fields), additionalProperties: true })).toBeUndefined();
    expect(fieldsOf({ ...schemaOf([]), properties: { amount: { type: 'integer', minimum: 1 } } })).toBeUndefined();
  });
});
