import { useQuery } from '@apollo/client/react';
import { Anchor, Button, Group, Skeleton, Stack } from '@mantine/core';
import { IconAlertTriangle, IconFilter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../api/api-errors';
import type { AuditRowFragment } from '../../gql/graphql';
import { CopyButton } from '../../ui/copy-button';
import { formatAbsoluteTime } from '../../ui/format';
import { Notice } from '../../ui/notice';
import { RelativeTime } from '../../ui/relative-time';
import { SideDrawer } from '../../ui/side-drawer';
import { deliveryLink } from '../executions/run-links';
import { ActorIcon } from './actor-icon';
import classes from './audit.module.css';
import { auditEntryDocument } from './audit.operations';
import { actionWords, actorWord, kindWord, pageOf } from './audit-words';
import { ChangeTable } from './change-table';
import { Outcome } from './outcome';

interface AuditEntryDrawerProps {
  id: string;
  /** Shows what else was done by this one, or to this object. */
  onNarrow: (name: 'actor' | 'object', value: string) => void;
  onClose: () => void;
}

/** All that the log tells of one thing that was done. */
export function AuditEntryDrawer({ id, onNarrow, onClose }: AuditEntryDrawerProps) {
  const { data, error } = useQuery(auditEntryDocument, { variables: { id } });
  const entry = data?.auditEntry;
  return (
    <SideDrawer opened onClose={onClose} title={entry ? actionWords(entry.action) : 'Entry of the audit log'} position="right" size={560}>
      {entry ? (
        <Entry entry={entry} onNarrow={onNarrow} />
      ) : error ? (
        <Notice tone="danger" icon={<IconAlertTriangle size={16} />} title="This entry could not be loaded" urgent><div>{problemOf(error).message}</div></Notice>
      ) : (
        <Stack role="status" aria-label="Loading"><Skeleton height={16} width="60%" /><Skeleton height={16} width="40%" /><Skeleton height={120} /></Stack>
      )}
    </SideDrawer>
  );
}

function Entry({ entry, onNarrow }: { entry: AuditRowFragment; onNarrow: AuditEntryDrawerProps['onNarrow'] }) {
  const { actorId, actorName, actorType, subjectId, subjectName, subjectType, before, after } = entry;
  const page = pageOf(subjectType, subjectId);
  const called = subjectName ?? (subjectType ? kindWord(subjectType) : '');
  const facts: [string, ReactNode][] = [
    ['Outcome', <span className={classes.outcome}><Outcome outcome={entry.outcome} />{entry.code && <code className={classes.code}>{entry.code}</code>}</span>],
    ['When', <span>{formatAbsoluteTime(entry.at)} <span className={classes.about}>(<RelativeTime time={entry.at} />)</span></span>],
    ['Who', <span className={classes.actor}><ActorIcon type={actorType} /><span>{actorName} {actorType !== 'SYSTEM' && <span className={classes.about}>{actorWord(actorType)}</span>}</span></span>],
    ['Object', called && <span>{page ? <Anchor component={Link} to={page} inherit>{called}</Anchor> : called} {subjectName && subjectType && <span className={classes.about}>{kindWord(subjectType)}</span>}</span>],
    ['Run', entry.executionId && <Anchor component={Link} to={`/runs/${entry.executionId}`} inherit>Open the run</Anchor>],
    ['Delivery', entry.deliveryId && actorId && <Anchor component={Link} to={deliveryLink(actorId, entry.deliveryId)} inherit>Open the delivery</Anchor>],
    ['Action', <code className={classes.code}>{entry.action}</code>],
    ['From', entry.address && <code className={classes.code}>{entry.address}</code>],
    ['With', entry.userAgent],
    ['Request', entry.requestId && <span className={classes.copied}><code className={classes.code}>{entry.requestId}</code><CopyButton text={entry.requestId} label="Copy the request’s id" /></span>],
  ];
  return (
    <Stack gap="lg">
      {entry.outcome === 'UNKNOWN' && (
        <Notice tone="warning" icon={<IconAlertTriangle size={16} />} title="Nobody knows whether this was done">
          <div>The server stopped while it was being done. Look at the object as it is now.</div>
        </Notice>
      )}
      <dl className={classes.facts}>
        {facts.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ChangeTable before={before} after={after} />
      <Group gap="xs">
        {actorId && <Button variant="default" size="xs" leftSection={<IconFilter size={14} />} onClick={() => onNarrow('actor', actorId)}>All by {short(actorName)}</Button>}
        {subjectId && <Button variant="default" size="xs" leftSection={<IconFilter size={14} />} onClick={() => onNarrow('object', subjectId)}>All about {short(called)}</Button>}
      </Group>
    </Stack>
  );
}

const short = (name: string) => (name.length > 30 ? `${name.slice(0, 29)}…` : name);
