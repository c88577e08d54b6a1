import { useQuery } from '@apollo/client/react';
import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import type { WebhookQuery } from '../../../gql/graphql';
import { formatAbsoluteTime } from '../../../ui/format';
import { Notice } from '../../../ui/notice';
import { ErrorState } from '../../../ui/states';
import { Commands } from '../set-up/commands';
import { ValueLine } from '../set-up/value-line';
import { FormattedStep } from './formatted-step';
import { ListenPanel } from './listen-panel';
import { RotateSecretDialog } from './rotate-secret-dialog';
import { schemeOf } from './scheme-of';
import { useIsAhead } from './use-is-ahead';
import { webhookDocument } from './webhook.operations';
import classes from '../set-up/set-up.module.css';

interface WebhookSetUpProps {
  trigger: { id: string };
  /** Just made, and shown this once. */
  secret?: string | undefined;
}

/** What there is to do once a webhook is saved: its address, its secret, the sender's side, and to see what arrives. */
export function WebhookSetUp({ trigger: { id }, secret }: WebhookSetUpProps) {
  const { data, error, refetch } = useQuery(webhookDocument, { variables: { id } });
  if (error && !data) return <ErrorState title="The set-up could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={240} />;
  return <Loaded trigger={data.trigger} madeSecret={secret} />;
}

function Loaded({ trigger, madeSecret }: { trigger: WebhookQuery['trigger']; madeSecret: string | undefined }) {
  const mayWrite = usePermissions()('trigger:write');
  const [rotating, setRotating] = useState(false);
  const [newSecret, setNewSecret] = useState(madeSecret);
  const previousCounts = useIsAhead(trigger.previousSecretExpiresAt);
  const { webhook } = trigger;
  if (!webhook) return null;
  const scheme = schemeOf(trigger.settings);
  const url = new URL(webhook.address, window.location.origin).href;
  const command = [`URL='${url}'`, ...(scheme.secret === 'NONE' ? [] : [`SECRET='${newSecret ?? 'paste the secret here'}'`]), webhook.command].join('\n');
  const { previousSecretExpiresAt } = trigger;
  const rotate = mayWrite && scheme.secret !== 'NONE' && (
    <Button variant="default" size="compact-sm" leftSection={<IconKey size={14} />} onClick={() => setRotating(true)}>
      {webhook.secretMissing ? 'Enter the secret' : 'Rotate…'}
    </Button>
  );
  return (
    <div className={classes.setUp}>
      <section className={classes.section} aria-label="Address">
        <h3 className={classes.title}>Address</h3>
        <ValueLine value={url} label="Copy the address" />
      </section>
      {scheme.secret !== 'NONE' && (
        <section className={classes.section} aria-label="Secret">
          <div className={classes.head}>
            <h3 className={classes.title}>Secret</h3>
            {rotate}
          </div>
          {newSecret ? (
            <>
              <ValueLine value={newSecret} label="Copy the secret" />
              <p className={classes.hint}>It is shown this once: give it to the sender now.</p>
            </>
          ) : webhook.secretMissing ? (
            <Notice tone="warning" icon={<IconAlertTriangle size={16} />} title="Nothing is accepted before the trigger has its secret">
              {scheme.secret === 'MADE_BY_SENDER' ? `${scheme.label} shows it once it has been given the address.` : 'Make one, or enter the one that the sender has.'}
            </Notice>
          ) : (
            <p className={classes.hint}>Kept encrypted, and never shown again.{previousCounts && previousSecretExpiresAt && ` The one before is accepted until ${formatAbsoluteTime(previousSecretExpiresAt)}.`}</p>
          )}
        </section>
      )}
      <section className={classes.section} aria-label="At the sender">
        <h3 className={classes.title}>At the sender</h3>
        <ol className={classes.steps}>
          {webhook.steps.map((step) => (
            <li key={step}><FormattedStep text={step} url={url} /></li>
          ))}
        </ol>
      </section>
      <Commands title="Try it in a terminal" text={command} />
      <ListenPanel trigger={trigger} mayWrite={mayWrite} />
      {rotating && <RotateSecretDialog trigger={trigger} scheme={scheme} onMade={setNewSecret} onClose={() => setRotating(false)} />}
    </div>
  );
}
