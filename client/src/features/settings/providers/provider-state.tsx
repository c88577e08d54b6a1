import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import type { ProviderFactsFragment } from '../../../gql/graphql';
import { StatusBadge } from '../../../ui/status-badge';

/** Whether the key works, as far as that is known. */
export function ProviderState({ provider: { status, lastTest } }: { provider: Pick<ProviderFactsFragment, 'status' | 'lastTest'> }) {
  if (status === 'REVOKED') return <StatusBadge quiet tone="neutral" icon={<IconCircleX size={14} />} label="Revoked" />;
  if (!lastTest) return <StatusBadge quiet tone="neutral" icon={<IconCircleDashed size={14} />} label="Not tested" />;
  if (lastTest.ok) return <StatusBadge quiet tone="success" icon={<IconCircleCheck size={14} />} label="Works" />;
  return <StatusBadge quiet tone="danger" icon={<IconCircleX size={14} />} label="Test failed" title={lastTest.message} />;
}
