import { Anchor, Button, Group } from '@mantine/core';
import { IconGitBranch } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Notice } from '../../ui/notice';
import { RelativeTime } from '../../ui/relative-time';
import type { Workflow } from './workflow.operations';

interface ConflictNoticeProps {
  /** As it is now on the server. */
  workflow: Workflow;
  /** The version that the edit began from. */
  base: number;
  busy: boolean;
  onOverwrite: () => void;
  onTakeNewer: () => void;
}

/** Somebody else saved meanwhile: says so, and lets the person decide. Nothing of what was typed is lost. */
export function ConflictNotice({ workflow, base, busy, onOverwrite, onTakeNewer }: ConflictNoticeProps) {
  const { number, author, createdAt, message } = workflow.head;
  return (
    <Notice urgent tone="warning" icon={<IconGitBranch size={16} />} title={`${author.name} saved version ${number} meanwhile`}>
      <p style={{ margin: '4px 0 12px' }}>
        You began from version {base}; version {number} was saved <RelativeTime time={createdAt} />{message && <> (“{message}”)</>}. What you wrote is still here and not saved.{' '}
        <Anchor component={Link} to={`/workflows/${workflow.id}`} target="_blank" inherit underline="always">Look at version {number} in a new tab</Anchor>, then choose.
      </p>
      <Group gap="xs">
        <Button size="compact-sm" onClick={onOverwrite} loading={busy}>Save mine as version {number + 1}</Button>
        <Button size="compact-sm" variant="default" onClick={onTakeNewer}>Drop mine, take version {number}</Button>
      </Group>
    </Notice>
  );
}
