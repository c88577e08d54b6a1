import { IconArrowsSplit2, IconClockHour4, IconListDetails, IconMessage2Code, IconRoute, IconSitemap, IconTransform, IconWebhook } from '@tabler/icons-react';
import type { StepType } from '../../gql/graphql';

export const stepTypeLooks: Record<StepType, { label: string; icon: typeof IconTransform }> = {
  PROMPT: { label: 'Prompt', icon: IconMessage2Code },
  CONDITION: { label: 'Condition', icon: IconArrowsSplit2 },
  DECISION: { label: 'Decision', icon: IconRoute },
  TRANSFORM: { label: 'Transform', icon: IconTransform },
  DELAY: { label: 'Delay', icon: IconClockHour4 },
  WEBHOOK: { label: 'Webhook', icon: IconWebhook },
  MAP: { label: 'For each', icon: IconListDetails },
  WORKFLOW: { label: 'Workflow', icon: IconSitemap },
};

export function StepTypeIcon({ type, size = 14 }: { type: StepType; size?: number }) {
  const { icon: Icon } = stepTypeLooks[type];
  return <Icon size={size} aria-hidden />;
}
