import { IconArrowsMoveVertical, IconEqual, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import { StatusBadge, type Tone } from '../../../../ui/status-badge';
import type { Change } from './diff.operations';

const looks: Record<Change, { tone: Tone; label: string; icon: typeof IconPlus }> = {
  ADDED: { tone: 'success', label: 'Added', icon: IconPlus },
  REMOVED: { tone: 'danger', label: 'Removed', icon: IconMinus },
  CHANGED: { tone: 'warning', label: 'Changed', icon: IconPencil },
  MOVED: { tone: 'info', label: 'Moved', icon: IconArrowsMoveVertical },
  UNCHANGED: { tone: 'neutral', label: 'Unchanged', icon: IconEqual },
};

/** What became of a message, a variable, a tool or a field. */
export function ChangeMark({ change, quiet = false, detail }: { change: Change; quiet?: boolean; /** `from 2 to 3` */ detail?: string }) {
  const { tone, label, icon: Icon } = looks[change];
  return <StatusBadge tone={tone} icon={<Icon size={14} />} label={detail ? `${label} ${detail}` : label} quiet={quiet} />;
}
