import { IconAlertTriangle, IconCircleCheck, IconHelpCircle, IconShieldX } from '@tabler/icons-react';
import type { AuditOutcome } from '../../gql/graphql';
import { StatusBadge, type Tone } from '../../ui/status-badge';

const looks: Record<AuditOutcome, { tone: Tone; label: string; icon: typeof IconCircleCheck; title: string }> = {
  DONE: { tone: 'success', label: 'Done', icon: IconCircleCheck, title: 'It was done.' },
  REFUSED: { tone: 'warning', label: 'Refused', icon: IconShieldX, title: 'The caller was not let.' },
  FAILED: { tone: 'danger', label: 'Failed', icon: IconAlertTriangle, title: 'It broke off.' },
  UNKNOWN: { tone: 'neutral', label: 'Unknown', icon: IconHelpCircle, title: 'The server stopped while it was being done. Look whether it was.' },
};

export const outcomeWord = (outcome: AuditOutcome): string => looks[outcome].label;

export function Outcome({ outcome, quiet }: { outcome: AuditOutcome; quiet?: boolean }) {
  const { tone, label, icon: Icon, title } = looks[outcome];
  return <StatusBadge tone={tone} icon={<Icon size={14} />} label={label} quiet={quiet} title={title} />;
}
