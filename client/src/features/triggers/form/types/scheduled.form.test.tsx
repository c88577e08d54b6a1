import { expect, test } from '@jest/globals';
import { screen } from '@testing-library/react';
import { useState } from 'react';
import { ApiRefusal, show } from '../../../../testing/show';
import { newSchedule, ScheduledForm } from './scheduled.form';

function Form() {
  const [value, setValue] = useState(() => ({ ...newSchedule(), timeZone: 'Europe/Berlin' }));
  return (
    <>
      <ScheduledForm value={value} onChange={setValue} errors={{}} />
      <output>{JSON.stringify(value)}</output>
    </>
  );
}

const day = { at: '2027-03-28T01:00:00.000Z', description: 'The clocks go forward from 02:00 to 03:00.' };
const answers = {
  PreviewSchedule: ({ input }: { input?: unknown }) => {
    if (JSON.stringify(input).includes('5 minutes')) throw new ApiRefusal('', { code: 'BAD_USER_INPUT', fields: [{ field: 'input.cron', message: 'Write it as */5 * * * *.' }] });
    const times = [{ dueAt: '2027-03-28T01:00:00.000Z', localTime: '2027-03-28T03:00:00', offset: '+02:00', note: 'There is no 02:30 on this day.', clockChange: day }];
    return { previewSchedule: { description: 'At 09:00, every day', times } };
  },
};

test('The simple form writes cron, and what is due next is told with the days on which the clocks change', async () => {
  const { person } = show(<Form />, answers);
  expect(await screen.findByText('At 09:00, every day')).toBeTruthy();
  expect(screen.getByText('There is no 02:30 on this day.')).toBeTruthy();
  expect(screen.getByText('+02:00')).toBeTruthy();
  await person.click(screen.getByText('Cron'));
  expect(screen.getByLabelText<HTMLInputElement>('Cron expression').value).toBe('0 9 * * *');
});

test('What is wrong with an expression stands beside it', async () => {
  const { person } = show(<Form />, answers);
  await person.click(screen.getByText('Cron'));
  const cron = screen.getByLabelText('Cron expression');
  await person.clear(cron);
  await person.type(cron, '5 minutes');
  expect(await screen.findByText('Write it as */5 * * * *.')).toBeTruthy();
  expect(screen.getByText('No due times yet')).toBeTruthy();
  expect(screen.getByRole('status').textContent).toContain('"cron":"5 minutes"');
});
