import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, transform } from '../../../testing/execution-kit.js';
import { startTriggerKit, type TriggerKit } from '../../../testing/trigger-kit.js';
import { type TriggerType } from './trigger-type.js';

/** All that a type is: this would be its file, and its line in the registry takes the place of another's, whose name in the contract it borrows. */
const settingsSchema = z.strictObject({ mailbox: z.string().min(1, 'Say which mailbox to read.') });
const mailTriggerType: TriggerType = {
  name: 'EVENT',
  trigger: 'EVENT',
  settings: settingsSchema,
  check: (settings) => (settingsSchema.parse(settings).mailbox.includes('@') ? [] : [{ field: 'settings.mailbox', message: 'Give an address.' }]),
  sample: () => ({ mail: { from: 'ada@example.com', subject: 'Hello' } }),
  mapping: (inputs) => inputs.map(({ name }) => ({ name, from: `mail.${name}` })),
};

const sandbox = startSandbox({ workers: 1 });
let kit: ExecutionKit;
let triggers: TriggerKit;
let workflowId: string;

beforeAll(async () => {
  kit = await startExecutionKit(sandbox);
  triggers = startTriggerKit(kit, { types: [mailTriggerType] });
  workflowId = await kit.createWorkflow({ inputs: [{ name: 'subject', type: 'STRING', description: '', required: true }], steps: [transform('say', '"Re: " & subject', { subject: 'inputs.subject' })] });
});
afterAll(async () => {
  await kit.stop();
  await sandbox.close();
});

const create = (settings: unknown) => triggers.createTrigger({ workflowId, type: mailTriggerType.name, settings });

test('a new type brings its settings, what arrives and how that is mapped, and launches', async () => {
  const trigger = await create({ mailbox: 'support@example.com' });
  expect(trigger.mapping).toEqual([{ name: 'subject', from: 'mail.subject' }]);
  const { executionId } = await triggers.intake.accept({ trigger, receivedAt: kit.jobs.now, source: 'support@example.com', values: { mail: { subject: 'Broken' } } });
  kit.startRunner().ring(executionId ?? '');
  await kit.allEvents(executionId ?? '');
  expect(await kit.executions.find(kit.identity, executionId ?? '')).toMatchObject({ status: 'COMPLETED', trigger: mailTriggerType.trigger, output: 'Re: Broken', inputs: { subject: 'Broken' } });
});

test('its own rules hold: settings are told by field, and paths begin with what it says arrives', async () => {
  await expect(create({})).rejects.toThrow('input.settings.mailbox');
  await expect(create({ mailbox: 'support' })).rejects.toThrow('input.settings.mailbox: Give an address.');
  await expect(triggers.createTrigger({ workflowId, type: mailTriggerType.name, settings: { mailbox: 'a@b.c' }, mapping: [{ name: 'subject', from: 'payload.subject' }] })).rejects.toThrow('What arrives here has no `payload`');
});
