import { IconWebhook } from '@tabler/icons-react';
import { WebhookSetUp } from '../../webhook/webhook-set-up';
import { triggerFormType, withDefaults } from './trigger-form-type';
import { WebhookForm } from './webhook.form';
import { newWebhook, type WebhookSettings, wordsOf } from './webhook/webhook-settings';

export const webhookType = triggerFormType<WebhookSettings>({
  type: 'WEBHOOK',
  label: 'Webhook',
  description: 'Another product launches it by a signed request, such as GitHub, Stripe or Slack.',
  icon: IconWebhook,
  empty: newWebhook,
  read: withDefaults(newWebhook),
  Form: WebhookForm,
  AfterSave: WebhookSetUp,
  summary: ({ scheme }) => `Requests, ${wordsOf(scheme).label}`,
  sample: ({ scheme }) => ({ payload: wordsOf(scheme).sample, headers: { 'content-type': 'application/json' }, query: {} }),
});
