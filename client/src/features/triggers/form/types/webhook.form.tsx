import { NumberInput, Select } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Notice } from '../../../../ui/notice';
import { PayloadSchemaField } from './webhook/payload-schema-field';
import { SignatureFields } from './webhook/signature-fields';
import { isTimestamped, schemes, wordsOf, type WebhookSettings } from './webhook/webhook-settings';
import classes from './webhook/webhook.module.css';

interface WebhookFormProps {
  value: WebhookSettings;
  onChange: (value: WebhookSettings) => void;
  /** By the path of the setting, such as `signature.header`. */
  errors: Readonly<Record<string, string | undefined>>;
}

const order: ['label', 'input', 'description', 'error'] = ['label', 'input', 'description', 'error'];

/** Who may send to a webhook, and what. */
export function WebhookForm({ value, onChange, errors }: WebhookFormProps) {
  const change = (part: Partial<WebhookSettings>) => onChange({ ...value, ...part });
  const { hint, warning } = wordsOf(value.scheme);
  return (
    <div className={classes.form}>
      <div className={classes.row}>
        <Select
          label="How the sender signs"
          description={hint}
          inputWrapperOrder={order}
          data={schemes.map(({ value: scheme, label }) => ({ value: scheme, label }))}
          value={value.scheme}
          allowDeselect={false}
          error={errors['scheme']}
          onChange={(chosen) => chosen && chosen !== value.scheme && change({ scheme: chosen, signature: {} })}
        />
        {isTimestamped(value) && (
          <NumberInput
            label="Oldest signature, in seconds"
            description="Requests that were signed earlier are refused, so that a copied one can’t be sent again later."
            inputWrapperOrder={order}
            min={10}
            max={86_400}
            allowDecimal={false}
            thousandSeparator=","
            value={value.windowSeconds}
            error={errors['windowSeconds']}
            onChange={(seconds) => change({ windowSeconds: Number(seconds) })}
          />
        )}
      </div>
      {warning && (
        <Notice tone="warning" icon={<IconAlertTriangle size={16} />} title={warning} />
      )}
      <SignatureFields value={value} errors={errors} onChange={(signature) => change({ signature })} />
      <PayloadSchemaField schema={value.payloadSchema} error={errors['payloadSchema']} onChange={(payloadSchema) => change({ payloadSchema })} />
    </div>
  );
}
