import { Anchor } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Notice } from '../../ui/notice';
import { RelativeTime } from '../../ui/relative-time';
import classes from './inspector.module.css';

/** Why a step waits whose provider takes no more calls for now. */
export function TurnNotice({ until }: { until: string | null }) {
  return (
    <div className={classes.notice}>
      <Notice tone="warning" icon={<IconHourglass size={16} />} title="It waits for its turn at the provider">
        <p className={classes.reason}>
          The provider takes no more calls this minute. The step goes on by itself{until && <> <RelativeTime time={until} /></>}; nothing has failed, and no attempt is used up.
        </p>
        <p className={classes.reason}><Anchor component={Link} to="/settings/providers" inherit>Limits of providers</Anchor></p>
      </Notice>
    </div>
  );
}
