import { Select, Switch, TextInput } from '@mantine/core';
import { textOf, withPart, type WebhookSettings } from './webhook-settings';
import classes from './webhook.module.css';

interface SignatureFieldsProps {
  value: WebhookSettings;
  onChange: (signature: WebhookSettings['signature']) => void;
  errors: Readonly<Record<string, string | undefined>>;
}

const order: ['label', 'input', 'description', 'error'] = ['label', 'input', 'description', 'error'];

/** What the chosen scheme leaves open. */
export function SignatureFields({ value: { scheme, signature }, onChange, errors }: SignatureFieldsProps) {
  const set = (name: string, part: unknown) => onChange(withPart(signature, name, part));
  const text = (name: string, label: string, description: string, placeholder = '') => (
    <TextInput
      label={label}
      description={description}
      inputWrapperOrder={order}
      placeholder={placeholder}
      spellCheck={false}
      autoComplete="off"
      maxLength={name === 'template' ? 500 : 100}
      value={textOf(signature, name)}
      error={errors[`signature.${name}`]}
      onChange={({ currentTarget }) => set(name, currentTarget.value)}
    />
  );
  const idHeader = (description: string, placeholder: string) => text('idHeader', 'Header of the delivery’s id', description, placeholder);
  switch (scheme) {
    case 'STRIPE':
      return <div className={classes.row}>{text('header', 'Header', 'Others that sign like Stripe name it differently.', 'Stripe-Signature')}</div>;
    case 'HEADER':
      return (
        <div className={classes.row}>
          {text('header', 'Header', 'That holds the secret.', 'X-Webhook-Secret')}
          {text('prefix', 'Before the secret', 'Such as “Bearer ”, with its space.', '')}
          {idHeader('A request that repeats an id launches nothing.', 'Idempotency-Key')}
        </div>
      );
    case 'NONE':
      return <div className={classes.row}>{idHeader('A request that repeats an id launches nothing.', 'Idempotency-Key')}</div>;
    case 'HMAC':
      return (
        <>
          <div className={classes.row}>
            {text('header', 'Header', 'That holds the signature.', 'X-Signature')}
            {text('prefix', 'Before the signature', 'Such as sha256=', '')}
          </div>
          <div className={classes.row}>
            <Select
              label="Algorithm"
              data={[{ value: 'sha256', label: 'SHA-256' }, { value: 'sha512', label: 'SHA-512' }, { value: 'sha1', label: 'SHA-1, for old senders' }]}
              value={textOf(signature, 'algorithm') || 'sha256'}
              allowDeselect={false}
              error={errors['signature.algorithm']}
              onChange={(algorithm) => set('algorithm', algorithm ?? '')}
            />
            <Select
              label="Written as"
              data={[{ value: 'hex', label: 'Hexadecimal' }, { value: 'base64', label: 'Base64' }]}
              value={textOf(signature, 'encoding') || 'hex'}
              allowDeselect={false}
              error={errors['signature.encoding']}
              onChange={(encoding) => set('encoding', encoding ?? '')}
            />
          </div>
          <div className={classes.row}>
            {text('timestampHeader', 'Header of the time', 'Where the sender signs one, so that old requests can be refused.', 'None')}
            {idHeader('Where the sender gives each delivery one.', 'None')}
          </div>
          {text('template', 'What is signed', 'Of {body}, {timestamp} and {id}.', textOf(signature, 'timestampHeader') ? '{timestamp}.{body}' : '{body}')}
          {!textOf(signature, 'timestampHeader') && (
            <Switch
              label="Launch again for a request that is the same as one before"
              description="Without a time or an id in it, a new request that says the same looks like one that was sent twice, or copied."
              checked={signature['acceptRepeats'] === true}
              onChange={({ currentTarget }) => set('acceptRepeats', currentTarget.checked)}
            />
          )}
        </>
      );
    case 'STANDARD':
    case 'GITHUB':
    case 'SLACK':
      return null;
  }
}
