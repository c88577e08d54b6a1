import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClockOff, IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../api/api-errors';
import type { ApiKeysQuery } from '../../gql/graphql';
import { DataTable, type Column } from '../../ui/data-table';
import { formatCount, formatDay } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { RelativeTime } from '../../ui/relative-time';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { apiKeysDocument } from './api-key.operations';
import classes from './api-keys.module.css';
import { CreateApiKeyDialog } from './create-api-key-dialog';
import { RevokeApiKey } from './revoke-api-key';
import settings from './settings.module.css';

type ApiKey = ApiKeysQuery['apiKeys']['edges'][number]['node'];

const isUsable = ({ revokedAt, expiresAt }: ApiKey) => !revokedAt && !(expiresAt && Date.parse(expiresAt) <= Date.now());

function KeyState(key: ApiKey) {
  if (key.revokedAt) return <StatusBadge quiet tone="danger" icon={<IconCircleX size={14} />} label="Revoked" />;
  if (!isUsable(key)) return <StatusBadge quiet tone="warning" icon={<IconClockOff size={14} />} label="Expired" />;
  return <StatusBadge quiet tone="success" icon={<IconCircleCheck size={14} />} label="Active" />;
}

const columns: Column<ApiKey>[] = [
  { header: 'Name', cell: ({ name }) => <strong className={classes.name}>{name}</strong> },
  { header: 'Key', width: '144px', wideOnly: true, cell: ({ prefix }) => <code className={classes.prefix}>{prefix}…</code> },
  { header: 'May launch', width: '120px', wideOnly: true, cell: ({ triggerIds }) => (triggerIds ? formatCount(triggerIds.length, 'trigger') : 'Everything') },
  { header: 'State', width: '104px', cell: KeyState },
  { header: 'Last used', width: '136px', wideOnly: true, cell: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime time={lastUsedAt} /> : 'Never') },
  { header: 'Expires', width: '128px', wideOnly: true, cell: ({ expiresAt }) => <span className="tabular">{expiresAt ? formatDay(expiresAt) : 'Never'}</span> },
  { header: 'Action', width: '112px', align: 'end', cell: (key) => (isUsable(key) ? <RevokeApiKey apiKey={key} /> : null) },
];

export default function ApiKeysPage() {
  const [params, setParams] = useSearchParams();
  const forTrigger = params.get('trigger');
  const [creating, setCreating] = useState(forTrigger !== null);
  const close = () => {
    setCreating(false);
    setParams({}, { replace: true });
  };
  const { data, error, refetch, fetchMore, networkStatus } = useQuery(apiKeysDocument);
  const keys = data?.apiKeys.edges.map(({ node }) => node) ?? [];
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      New API key
    </Button>
  );
  return (
    <>
      <PageHeader title="API keys" crumbs={[{ label: 'Settings', to: '/settings' }]} action={create} />
      {error && !data ? (
        <ErrorState title="The API keys could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={3} />
      ) : keys.length === 0 ? (
        <EmptyState icon={<IconKey size={24} />} title="No API keys yet" action={create}>
          With a key, your programs call the GraphQL API: they run workflows and read prompts as you do here.
        </EmptyState>
      ) : (
        <>
          <p className={settings.lead}>
            Programs send a key as <code>Authorization: Bearer pp_…</code> to <code>{window.location.origin}/graphql</code>. Try queries in{' '}
            <a href="/graphiql" target="_blank" rel="noreferrer">GraphiQL</a>.
          </p>
          <DataTable
            label="API keys"
            columns={columns}
            rows={keys}
            rowKey={({ id }) => id}
            hasMore={data.apiKeys.pageInfo.hasNextPage}
            loadingMore={networkStatus === NetworkStatus.fetchMore}
            onLoadMore={() => void fetchMore({ variables: { after: data.apiKeys.pageInfo.endCursor } })}
          />
        </>
      )}
      <CreateApiKeyDialog opened={creating} onClose={close} triggerIds={forTrigger === null ? undefined : [forTrigger]} />
    </>
  );
}
