import { expect, test } from '@jest/globals';
import { screen } from '@testing-library/react';
import { useState } from 'react';
import { show } from '../../../../testing/show';
import { EventForm, newEvent } from './event.form';

function Form({ errors = {} }: { errors?: Record<string, string> }) {
  const [value, setValue] = useState(newEvent);
  return (
    <>
      <EventForm value={value} onChange={setValue} errors={errors} />
      <output>{JSON.stringify(value)}</output>
    </>
  );
}

const answers = { ProductEvents: () => ({ productEvents: [{ type: 'execution.failed', sample: {} }, { type: 'prompt.label.moved', sample: {} }] }) };

test('one of the product’s own events is chosen from a list', async () => {
  const { person } = show(<Form />, answers);
  await person.type(screen.getByLabelText('Event', { selector: 'input' }), 'exec');
  await person.click(await screen.findByText('execution.failed'));
  expect(screen.getByRole('status').textContent).toBe('{"type":"execution.failed"}');
});

test('a condition that is taken out again is gone', async () => {
  const { person } = show(<Form />, answers);
  await person.type(screen.getByLabelText('Event', { selector: 'input' }), 'order.paid');
  const condition = screen.getByLabelText('Only if');
  await person.type(condition, 'payload.total > 100');
  expect(screen.getByRole('status').textContent).toContain('payload.total > 100');
  await person.clear(condition);
  expect(screen.getByRole('status').textContent).toBe('{"type":"order.paid"}');
});

test('what is wrong stands beside its field', async () => {
  show(<Form errors={{ type: 'Write words with dots between them.' }} />, answers);
  expect(await screen.findByText('Write words with dots between them.')).toBeTruthy();
});
