import { IconArrowsSplit2, IconChecklist, IconClockHour4, IconListDetails, IconMessage2Code, IconRoute, IconSitemap, IconTransform, IconWebhook } from '@tabler/icons-react';
import type { StepType } from '../../gql/graphql';
import { stepTypeNames } from './step-type-names';

export const stepTypeLooks: Record<StepType, { label: string; icon: typeof IconTransform }> = {
  PROMPT: { ...stepTypeNames.PROMPT, icon: IconMessage2Code },
  CONDITION: { ...stepTypeNames.CONDITION, icon: IconArrowsSplit2 },
  DECISION: { ...stepTypeNames.DECISION, icon: IconRoute },
  TRANSFORM: { ...stepTypeNames.TRANSFORM, icon: IconTransform },
  DELAY: { ...stepTypeNames.DELAY, icon: IconClockHour4 },
  WEBHOOK: { ...stepTypeNames.WEBHOOK, icon: IconWebhook },
  MAP: { ...stepTypeNames.MAP, icon: IconListDetails },
  WORKFLOW: { ...stepTypeNames.WORKFLOW, icon: IconSitemap },
  APPROVAL: { ...stepTypeNames.APPROVAL, icon: IconChecklist },
};

export function StepTypeIcon({ type, size = 14 }: { type: StepType; size?: number }) {
  const { icon: Icon } = stepTypeLooks[type];
  return <Icon size={size} aria-hidden />;
}
