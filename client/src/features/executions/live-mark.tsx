import { IconAccessPoint, IconPlugConnectedX } from '@tabler/icons-react';
import { StatusBadge } from '../../ui/status-badge';
import type { Connection } from './run-feed';
import classes from './run.module.css';

/** Whether what the page shows is how things stand at this moment. */
export function LiveMark({ connection }: { connection: Connection }) {
  if (connection === 'reconnecting') {
    return <StatusBadge tone="warning" icon={<IconPlugConnectedX size={14} />} label="Reconnecting" title="The connection was lost. What happens meanwhile is shown as soon as it is back." />;
  }
  return (
    <StatusBadge
      tone="info"
      icon={<IconAccessPoint size={14} className={classes.pulse} />}
      label={connection === 'connecting' ? 'Connecting' : 'Live'}
      title="This page follows the run as it happens"
    />
  );
}
