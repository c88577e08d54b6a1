import { IconSend } from '@tabler/icons-react';
import { Link } from 'react-router';
import { deliveryLink } from './run-links';
import type { Run } from './run.queries';

/** The trigger that launched a run, and what had arrived at it. */
export function LaunchedBy({ run: { triggeredBy } }: { run: Run }) {
  if (!triggeredBy?.trigger) return null;
  const { trigger, delivery } = triggeredBy;
  return (
    <span>
      <IconSend size={16} aria-hidden />
      <span>
        Launched by <Link to={`/triggers/${trigger.id}`}>{trigger.name}</Link>
        {delivery && <>, <Link to={deliveryLink(trigger.id, delivery.id)}>see what arrived</Link></>}
      </span>
    </span>
  );
}
