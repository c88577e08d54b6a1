import type { HomeQuery } from '../../gql/graphql';
import { RelativeTime } from '../../ui/relative-time';
import classes from './home.module.css';
import { LatestList } from './latest-list';

/** Triggers that something is wrong with, and arrivals whose launch was given up; nothing while all is well. */
export function TriggerAlarms({ alarms, deadLetters }: Pick<HomeQuery, 'alarms' | 'deadLetters'>) {
  const late = alarms.edges.map(({ node: { id, name, alarm, alarmSince } }) => ({
    id,
    to: `/triggers/${id}`,
    name: `${name}: ${alarm ?? 'something is wrong'}`,
    facts: <span className={classes.time}>{alarmSince && <RelativeTime time={alarmSince} />}</span>,
  }));
  const dead = deadLetters.edges.flatMap(({ node: { id, receivedAt, launchError, trigger } }) =>
    trigger ? [{
      id,
      to: `/triggers/${trigger.id}?tab=deliveries&outcome=dead&delivery=${id}`,
      name: `Not launched: ${launchError ?? 'it was tried often enough'}`,
      facts: (
        <>
          <span className={classes.of}>{trigger.name}</span>
          <span className={classes.time}><RelativeTime time={receivedAt} /></span>
        </>
      ),
    }] : [],
  );
  const items = [...late, ...dead];
  return items.length > 0 && <LatestList title="Triggers that need you" all={late.length > 0 ? '/triggers?state=alarm' : '/triggers'} empty="" items={items} />;
}
