import { IconFlask } from '@tabler/icons-react';
import { StatusBadge } from './status-badge';

/** Stands wherever the output of the built-in simulated model shows. */
export function SimulatedMark({ quiet = false }: { quiet?: boolean }) {
  return (
    <StatusBadge
      tone="warning"
      icon={<IconFlask size={14} />}
      label="Simulated"
      quiet={quiet}
      title="Answered by the built-in simulated model, without any provider"
    />
  );
}
