import { IconBan, IconCircleCheck, IconCircleDashed, IconClockExclamation, IconCopy, IconEar, IconFileX, IconGauge, IconPlayerPause, IconPlayerSkipForward, IconRefresh, IconSkull } from '@tabler/icons-react';
import type { DeliveryState, DeliveryVerdict } from '../../../gql/graphql';
import { StatusBadge, type Tone } from '../../../ui/status-badge';

interface Look {
  tone: Tone;
  label: string;
  icon: typeof IconBan;
}

const verdicts: Record<DeliveryVerdict, Look> = {
  ACCEPTED: { tone: 'success', label: 'Accepted', icon: IconCircleCheck },
  DUPLICATE: { tone: 'neutral', label: 'Duplicate', icon: IconCopy },
  BAD_SIGNATURE: { tone: 'danger', label: 'Bad signature', icon: IconBan },
  STALE: { tone: 'warning', label: 'Too old', icon: IconClockExclamation },
  INVALID_PAYLOAD: { tone: 'danger', label: 'Invalid payload', icon: IconFileX },
  SKIPPED: { tone: 'neutral', label: 'Skipped', icon: IconPlayerSkipForward },
  RATE_LIMITED: { tone: 'warning', label: 'Rate limited', icon: IconGauge },
  PAUSED: { tone: 'neutral', label: 'Paused', icon: IconPlayerPause },
  TEST: { tone: 'info', label: 'Listened to', icon: IconEar },
};

const states: Partial<Record<DeliveryState, Look>> = {
  RETRYING: { tone: 'warning', label: 'Trying again', icon: IconRefresh },
  DEAD: { tone: 'danger', label: 'Given up', icon: IconSkull },
};

const unlaunched: Look = { tone: 'info', label: 'Launching', icon: IconCircleDashed };

export const verdictChoices: readonly DeliveryVerdict[] = ['ACCEPTED', 'DUPLICATE', 'BAD_SIGNATURE', 'STALE', 'INVALID_PAYLOAD', 'SKIPPED', 'RATE_LIMITED', 'PAUSED', 'TEST'];

export const verdictWord = (verdict: DeliveryVerdict): string => verdicts[verdict].label;

/** What became of an arrival. */
export function DeliveryOutcome({ delivery: { verdict, state, reason }, quiet }: { delivery: { verdict: DeliveryVerdict; state?: DeliveryState | null; reason?: string | null }; quiet?: boolean }) {
  const { tone, label, icon: Icon } = verdict !== 'ACCEPTED' ? verdicts[verdict] : state ? (states[state] ?? verdicts.ACCEPTED) : unlaunched;
  return <StatusBadge tone={tone} icon={<Icon size={14} />} label={label} quiet={quiet} title={reason ?? undefined} />;
}
