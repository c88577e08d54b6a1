import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconCloud, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import type { ProviderFactsFragment } from '../../../gql/graphql';
import { DataTable, type Column } from '../../../ui/data-table';
import { PageHeader } from '../../../ui/page-header';
import { RelativeTime } from '../../../ui/relative-time';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states';
import { AddProviderDialog } from './add-provider-dialog';
import { ProviderDrawer } from './provider-drawer';
import { providerKinds } from './provider-kinds';
import { ProviderState } from './provider-state';
import { providersDocument } from './provider.operations';
import classes from './providers.module.css';
import { SharedModels } from './shared-models';

const columns: Column<ProviderFactsFragment>[] = [
  { header: 'Name', cell: ({ name, provider }) => <span title={name}>{name} {name !== providerKinds[provider].label && <span className={classes.kind}>{providerKinds[provider].label}</span>}</span> },
  { header: 'State', width: '120px', cell: (provider) => <ProviderState provider={provider} /> },
  { header: 'Models', width: '168px', wideOnly: true, cell: ({ slug, models }) => <code className={classes.code}>{slug}/{models.length === 1 ? models[0] : models.length === 0 ? '…' : `… (${models.length})`}</code> },
  { header: 'Key', width: '152px', wideOnly: true, cell: ({ fingerprint }) => <code className={classes.code}>{fingerprint}</code> },
  { header: 'Last used', width: '128px', wideOnly: true, cell: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime time={lastUsedAt} /> : 'Never') },
];

export default function ProvidersPage() {
  const { data, error, refetch } = useQuery(providersDocument);
  const mayManage = usePermissions()('credential:manage');
  const [adding, setAdding] = useState(false);
  const [params, setParams] = useSearchParams();
  const active = data?.providerCredentials.filter(({ status }) => status === 'ACTIVE') ?? [];
  const revoked = data?.providerCredentials.filter(({ status }) => status === 'REVOKED') ?? [];
  const shown = data?.providerCredentials.find(({ id }) => id === params.get('provider'));
  const add = mayManage && <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>Add provider</Button>;
  return (
    <>
      <PageHeader title="Providers" crumbs={[{ label: 'Settings', to: '/settings' }]} action={add} />
      {error && !data ? (
        <ErrorState title="The providers could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={3} />
      ) : (
        <>
          {active.length === 0 ? (
            <EmptyState icon={<IconCloud size={24} />} title="No keys of providers yet" action={add}>
              {mayManage
                ? 'With a key of OpenAI, Anthropic, Google or a server of your own, prompts and workflows call its models. It is kept encrypted and sent to that provider alone.'
                : 'Who owns the workspace can add keys of OpenAI, Anthropic, Google or a server of your own. Prompts and workflows then call their models.'}
            </EmptyState>
          ) : (
            <DataTable label="Providers" columns={columns} rows={active} rowKey={({ id }) => id} rowHref={({ id }) => `?provider=${id}`} />
          )}
          <SharedModels models={data.models.filter(({ provider }) => !active.some(({ slug }) => slug === provider))} />
          {revoked.length > 0 && (
            <section aria-labelledby="revoked-providers">
              <h2 id="revoked-providers" className={classes.section}>Revoked</h2>
              <DataTable label="Revoked providers" columns={columns} rows={revoked} rowKey={({ id }) => id} rowHref={({ id }) => `?provider=${id}`} />
            </section>
          )}
        </>
      )}
      {adding && <AddProviderDialog onClose={() => setAdding(false)} />}
      {shown && <ProviderDrawer key={shown.id} provider={shown} mayManage={mayManage} onClose={() => setParams({}, { preventScrollReset: true })} />}
    </>
  );
}
