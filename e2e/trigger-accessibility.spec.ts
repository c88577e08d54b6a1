import { z } from 'zod';
import { type DemoApi } from '../demo/demo-api.js';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { lookAt, looksOfParts } from './look-at.js';
import { makeGreeting } from './trigger-form.js';

// A trace would take a picture of the page at each of several hundred looks at it.
test.use({ reducedMotion: 'reduce', trace: 'off' });

const madeSchema = z.object({ made: z.object({ trigger: z.object({ id: z.string() }) }) });

async function makeTrigger(api: DemoApi, input: Record<string, unknown>): Promise<string> {
  const document = 'mutation ($input: CreateTriggerInput!) { made: createTrigger(input: $input) { trigger { id } } }';
  return (await api.request(document, { input: { mapping: [{ name: 'who', value: 'World' }], ...input } }, madeSchema)).made.trigger.id;
}

test('no page of triggers or of the audit log has a serious accessibility fault or scrolls sideways', async ({ page, api, product }) => {
  test.setTimeout(300_000);
  const { look, faults } = lookAt(page);
  const dialog = page.getByRole('dialog');
  const workflowId = await makeGreeting(api);
  await signIn(page, api.account, '/triggers');
  await look('no triggers', page.getByRole('heading', { name: /^No triggers/ }), looksOfParts);

  const manual = await makeTrigger(api, { workflowId, type: 'MANUAL', name: 'By hand, and with a name that is far too long for a narrow page' });
  const schedule = await makeTrigger(api, { workflowId, type: 'SCHEDULED', name: 'Each morning', settings: { cron: '30 7 * * 1-5', timeZone: 'Europe/Zurich' } });
  const webhook = await makeTrigger(api, { workflowId, type: 'WEBHOOK', name: 'From GitHub', settings: { scheme: 'GITHUB' } });
  const program = await makeTrigger(api, { workflowId, type: 'API', name: 'The shop' });
  const event = await makeTrigger(api, { workflowId, type: 'EVENT', name: 'When a run fails', settings: { type: 'execution.failed' } });
  await api.request('mutation ($id: ID!) { fireTrigger(input: { triggerId: $id, payload: {} }) { delivery { id } } }', { id: manual }, z.object({}));
  expect((await fetch(`${product.url}/hooks/${webhook}`, { method: 'POST', body: '{"forged":true}' })).status).toBe(401);

  await page.goto('/triggers');
  await look('triggers', page.getByRole('link', { name: /^From GitHub/ }));
  await page.goto('/triggers/new');
  for (const type of [/^Schedule/, /^Webhook/, /^Event/]) {
    await page.getByRole('radio', { name: type }).click();
    await look(`new trigger ${String(type)}`, page.getByRole('button', { name: 'Create trigger' }), looksOfParts);
  }
  for (const [name, id] of Object.entries({ schedule, webhook, program, event })) {
    await page.goto(`/triggers/${id}`);
    await look(`trigger, ${name}`, page.getByText('What arrived last'), looksOfParts);
  }
  await page.goto(`/triggers/${schedule}?tab=settings`);
  await look('settings of a schedule', page.getByText('At 07:30, Monday through Friday'));
  await page.goto(`/triggers/${manual}?tab=deliveries`);
  const deliveries = page.getByRole('table', { name: 'Deliveries' });
  await look('deliveries', deliveries.getByRole('link').first());
  await deliveries.getByRole('link').first().click();
  await look('a delivery', dialog.getByText('By hand').first(), looksOfParts);

  await page.goto(`/settings/api-keys?trigger=${program}`);
  await look('new API key for a trigger', dialog.getByText('The shop · Greeting'), looksOfParts);
  await page.goto('/settings/audit');
  const log = page.getByRole('table', { name: 'Audit log' });
  await look('audit log', log.getByRole('link', { name: 'Fired a trigger' }));
  await log.getByRole('link', { name: 'Fired a trigger' }).click();
  await look('entry of the audit log', dialog.getByText('127.0.0.1'), looksOfParts);

  expect(faults).toEqual([]);
});
