import { IconLock } from '@tabler/icons-react';
import { usePermissions } from '../../api/use-permissions';
import { EmptyState } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';

const reason = 'Your role in this workspace lets you read prompts, not change them.';

/** For whom there is nothing to do here but read. */
export function ReadOnlyBadge() {
  const may = usePermissions();
  if (may('prompt:write')) return null;
  return <span title={reason}><StatusBadge tone="neutral" icon={<IconLock size={14} />} label="Read only" /></span>;
}

/** In the place of a page that is for changing something. */
export function ReadOnlyState({ title }: { title: string }) {
  return <EmptyState icon={<IconLock size={24} />} title={title}>{reason}</EmptyState>;
}
