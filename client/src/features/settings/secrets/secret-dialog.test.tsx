import { expect, jest, test } from '@jest/globals';
import { screen } from '@testing-library/react';
import { ApiRefusal, show } from '../../../testing/show';
import { SecretDialog } from './secret-dialog';

test('What is wrong with a name stands beside it, and the dialog stays', async () => {
  const onClose = jest.fn();
  const { person, asked } = show(<SecretDialog onClose={onClose} />, {
    CreateSecret: () => {
      throw new ApiRefusal('', { code: 'BAD_USER_INPUT', fields: [{ field: 'input.name', message: 'There is a secret of this name.' }] });
    },
  });
  await person.type(screen.getByLabelText(/Name/), ' TOKEN ');
  await person.type(screen.getByLabelText(/Value/), 'abc');
  await person.click(screen.getByRole('button', { name: 'Add secret' }));

  expect(await screen.findByText('There is a secret of this name.')).toBeTruthy();
  expect(asked).toEqual([{ operation: 'CreateSecret', variables: { input: { name: 'TOKEN', value: 'abc' } } }]);
  expect(onClose).not.toHaveBeenCalled();
});
