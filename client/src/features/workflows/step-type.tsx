import { IconArrowsSplit2, IconClockHour4, IconMessage2Code, IconRoute, IconTransform } from '@tabler/icons-react';
import type { StepType } from '../../gql/graphql';

export const stepTypeLooks: Record<StepType, { label: string; icon: typeof IconTransform }> = {
  PROMPT: { label: 'Prompt', icon: IconMessage2Code },
  CONDITION: { label: 'Condition', icon: IconArrowsSplit2 },
  DECISION: { label: 'Decision', icon: IconRoute },
  TRANSFORM: { label: 'Transform', icon: IconTransform },
  DELAY: { label: 'Delay', icon: IconClockHour4 },
};

export function StepTypeIcon({ type, size = 14 }: { type: StepType; size?: number }) {
  const { icon: Icon } = stepTypeLooks[type];
  return <Icon size={size} aria-hidden />;
}
