import { useQuery } from '@apollo/client/react';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconLock, IconPlus, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import type { SecretsQuery } from '../../../gql/graphql';
import { CopyButton } from '../../../ui/copy-button';
import { DataTable, type Column } from '../../../ui/data-table';
import { PageHeader } from '../../../ui/page-header';
import { RelativeTime } from '../../../ui/relative-time';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states';
import classes from './secrets.module.css';
import { DeleteSecretDialog } from './delete-secret-dialog';
import { SecretDialog } from './secret-dialog';
import { secretsDocument } from './secret.operations';
import settings from '../settings.module.css';

type Secret = SecretsQuery['secrets'][number];
type Dialog = { kind: 'add' } | { kind: 'replace' | 'delete'; secret: Secret };

export default function SecretsPage() {
  const { data, error, refetch } = useQuery(secretsDocument);
  const mayWrite = usePermissions()('secret:write');
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  const add = mayWrite && <Button leftSection={<IconPlus size={16} />} onClick={() => setDialog({ kind: 'add' })}>New secret</Button>;
  const columns: Column<Secret>[] = [
    { header: 'Name', cell: ({ name }) => <span className={classes.name} title={name}>{name}</span> },
    { header: 'Fingerprint', width: '168px', wideOnly: true, cell: ({ fingerprint }) => <code className={classes.fingerprint}>{fingerprint}</code> },
    { header: 'Value given', width: '136px', wideOnly: true, cell: ({ updatedAt }) => <RelativeTime time={updatedAt} /> },
    { header: 'Added by', width: '160px', wideOnly: true, cell: ({ createdBy }) => createdBy.name },
    {
      header: 'Actions',
      width: '112px',
      align: 'end',
      cell: (secret) => (
        <div className={classes.actions}>
          <CopyButton text={`{{ secrets.${secret.name} }}`} label={`Copy {{ secrets.${secret.name} }}`} />
          {mayWrite && <SecretMenu name={secret.name} onChoose={(kind) => setDialog({ kind, secret })} />}
        </div>
      ),
    },
  ];
  return (
    <>
      <PageHeader title="Secrets" crumbs={[{ label: 'Settings', to: '/settings' }]} action={add} />
      {error && !data ? (
        <ErrorState title="The secrets could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={3} />
      ) : data.secrets.length === 0 ? (
        <EmptyState icon={<IconLock size={24} />} title="No secrets yet" action={add}>
          A secret is a token or password that WEBHOOK steps send, such as for Slack or Stripe. It is kept encrypted, and stays out of what runs store and show.
        </EmptyState>
      ) : (
        <>
          <p className={settings.lead}>
            WEBHOOK steps write <code>{'{{ secrets.NAME }}'}</code> in their address, headers or body. What a run stores and shows has <code>••••••••</code> in its place.
          </p>
          <DataTable label="Secrets" columns={columns} rows={data.secrets} rowKey={({ id }) => id} />
        </>
      )}
      {dialog && (dialog.kind === 'delete' ? <DeleteSecretDialog secret={dialog.secret} onClose={close} /> : <SecretDialog secret={dialog.kind === 'replace' ? dialog.secret : undefined} onClose={close} />)}
    </>
  );
}

function SecretMenu({ name, onChoose }: { name: string; onChoose: (kind: 'replace' | 'delete') => void }) {
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${name}`}><IconDots size={16} /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => onChoose('replace')}>Replace value…</Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} />} c="var(--pp-danger)" onClick={() => onChoose('delete')}>Delete…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
