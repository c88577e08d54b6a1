import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { columnsOf, mostColumns, withColumns } from './columns';

test('An address without columns shows the draft by its own model', () => {
  expect(columnsOf(new URLSearchParams('branch=main'))).toEqual([{ source: 'draft', model: '' }]);
});

test('Columns survive being written to an address and read back, and the rest of the address stays', () => {
  const column = fc.record({ source: fc.constantFrom('draft', '01890000-0000-7000-8000-000000000000'), model: fc.constantFrom('', 'simulated/extract', 'openai-compatible/a~b/c') });
  fc.assert(
    fc.property(fc.array(column, { minLength: 1, maxLength: mostColumns }), (columns) => {
      const params = withColumns(new URLSearchParams('branch=x&run=old'), columns);
      expect(columnsOf(new URLSearchParams(params.toString()))).toEqual(columns);
      expect(params.get('branch')).toBe('x');
    }),
  );
});

test('More columns than fit are left out', () => {
  expect(columnsOf(new URLSearchParams('run=a&run=b&run=c&run=d&run=e'))).toHaveLength(mostColumns);
});
