import { Button, Group, Stack } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnected } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ProviderFactsFragment } from '../../../gql/graphql';
import { Notice } from '../../../ui/notice';
import { RelativeTime } from '../../../ui/relative-time';
import { SideDrawer } from '../../../ui/side-drawer';
import { providerKinds } from './provider-kinds';
import { ProviderLimits } from './provider-limits';
import { ProviderModels } from './provider-models';
import { ProviderState } from './provider-state';
import classes from './providers.module.css';
import { ReplaceKey } from './replace-key';
import { RevokeProvider } from './revoke-provider';
import { useProviderTest } from './use-provider-actions';

interface ProviderDrawerProps {
  provider: ProviderFactsFragment;
  mayManage: boolean;
  onClose: () => void;
}

/** What there is to know and to do about one provider. Open from when it is mounted. */
export function ProviderDrawer({ provider, mayManage, onClose }: ProviderDrawerProps) {
  const { test, testing } = useProviderTest();
  const { lastTest } = provider;
  const usable = mayManage && provider.status === 'ACTIVE';
  return (
    <SideDrawer opened onClose={onClose} title={provider.name} position="right" size={480}>
      <Stack gap="lg">
        <Facts provider={provider} />
        {lastTest && !lastTest.ok && provider.status === 'ACTIVE' && (
          <Notice tone="danger" icon={<IconAlertTriangle size={16} />} title="The last test failed" urgent>
            <div>{lastTest.message}</div>
          </Notice>
        )}
        {usable && (
          <Group gap="xs">
            <Button variant="default" leftSection={<IconPlugConnected size={16} />} loading={testing} onClick={() => void test(provider)}>Test</Button>
            <ReplaceKey provider={provider} />
            <RevokeProvider provider={provider} onRevoked={onClose} />
          </Group>
        )}
        {provider.status === 'ACTIVE' && <div className={classes.part}><ProviderModels provider={provider} editable={usable} /></div>}
        {provider.status === 'ACTIVE' && <div className={classes.part}><ProviderLimits provider={provider} editable={usable} /></div>}
      </Stack>
    </SideDrawer>
  );
}

function Facts({ provider }: { provider: ProviderFactsFragment }) {
  const { slug, baseUrl, fingerprint, createdAt, rotatedAt, lastUsedAt, lastTest } = provider;
  const facts: [string, ReactNode][] = [
    ['State', <span className={classes.state}><ProviderState provider={provider} />{lastTest && <span className={classes.about}><RelativeTime time={lastTest.at} /></span>}</span>],
    ['Provider', providerKinds[provider.provider].label],
    ['Ids of models', <code className={classes.code}>{slug}/…</code>],
    ['Address', <code className={classes.code}>{baseUrl}</code>],
    ['Key', <code className={classes.code}>{fingerprint}</code>],
    ['Added', <RelativeTime time={createdAt} />],
    ['Key replaced', rotatedAt && <RelativeTime time={rotatedAt} />],
    ['Last used', lastUsedAt ? <RelativeTime time={lastUsedAt} /> : 'Never'],
  ];
  return (
    <dl className={classes.facts}>
      {facts.filter(([, value]) => value !== null && value !== undefined).map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
