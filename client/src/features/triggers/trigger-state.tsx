import { IconAlertTriangle, IconBolt, IconPlayerPause } from '@tabler/icons-react';
import type { TriggerState } from '../../gql/graphql';
import { StatusBadge, type Tone } from '../../ui/status-badge';

const looks: Record<TriggerState, { tone: Tone; label: string; icon: typeof IconBolt }> = {
  ACTIVE: { tone: 'success', label: 'Active', icon: IconBolt },
  PAUSED: { tone: 'neutral', label: 'Paused', icon: IconPlayerPause },
  ALARM: { tone: 'danger', label: 'Alarm', icon: IconAlertTriangle },
};

export const triggerStates = ['ACTIVE', 'PAUSED', 'ALARM'] satisfies TriggerState[];

export const stateWord = (state: TriggerState): string => looks[state].label;

export function TriggerStateBadge({ state, quiet, title }: { state: TriggerState; quiet?: boolean; title?: string | undefined }) {
  const { tone, label, icon: Icon } = looks[state];
  return <StatusBadge tone={tone} icon={<Icon size={14} />} label={label} quiet={quiet} title={title} />;
}
