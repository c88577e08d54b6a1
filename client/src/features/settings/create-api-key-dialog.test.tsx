import { expect, jest, test } from '@jest/globals';
import { screen } from '@testing-library/react';
import { show } from '../../testing/show';
import { CreateApiKeyDialog } from './create-api-key-dialog';

const answers = {
  TriggerNames: () => ({ triggers: { edges: [{ node: { id: 't1', name: 'Orders', workflow: { id: 'w', name: 'Reply' } } }] } }),
  CreateApiKey: ({ input }: Record<string, unknown>) => ({ createApiKey: { secret: 'pp_secret', apiKey: { id: 'k', prefix: 'pp_', createdAt: '2026-01-01T00:00:00Z', lastUsedAt: null, revokedAt: null, ...(input as object) } } }),
  ApiKeys: () => ({ apiKeys: { edges: [], pageInfo: { endCursor: null, hasNextPage: false } } }),
};

test('A key is limited to the triggers that are chosen, of which there must be one', async () => {
  const { person, asked } = show(<CreateApiKeyDialog opened onClose={jest.fn()} />, answers);
  await person.type(screen.getByLabelText('Name'), 'Shop');
  await person.click(screen.getByLabelText('Nothing but launch the triggers chosen here'));
  await person.click(screen.getByRole('button', { name: 'Create key' }));
  expect(await screen.findByText('Choose what the key may launch.')).toBeTruthy();
  await person.click(screen.getByLabelText('Triggers', { selector: 'input' }));
  await person.click(await screen.findByText('Orders · Reply'));
  await person.click(screen.getByRole('button', { name: 'Create key' }));
  expect(await screen.findByText('pp_secret')).toBeTruthy();
  expect(asked.find(({ operation }) => operation === 'CreateApiKey')?.variables).toMatchObject({ input: { name: 'Shop', triggerIds: ['t1'] } });
});

test('Where it is made for a trigger, that one is chosen already', async () => {
  const { person, asked } = show(<CreateApiKeyDialog opened onClose={jest.fn()} triggerIds={['t1']} />, answers);
  expect(await screen.findByText('Orders · Reply')).toBeTruthy();
  await person.type(screen.getByLabelText('Name'), 'Shop');
  await person.click(screen.getByRole('button', { name: 'Create key' }));
  expect(await screen.findByText('pp_secret')).toBeTruthy();
  expect(asked.find(({ operation }) => operation === 'CreateApiKey')?.variables).toMatchObject({ input: { triggerIds: ['t1'] } });
});
