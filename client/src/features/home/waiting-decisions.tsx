import { RelativeTime } from '../../ui/relative-time';
import type { HomeQuery } from '../../gql/graphql';
import classes from './home.module.css';
import { LatestList } from './latest-list';

type WaitingRun = HomeQuery['approvals']['edges'][number]['node'];

/** What runs ask people, and where it is decided; nothing while they ask nothing. */
export function WaitingDecisions({ runs }: { runs: readonly WaitingRun[] }) {
  const items = runs.flatMap(({ id, workflow, steps }) =>
    steps.flatMap(({ key, name, startedAt, waitingFor }) => {
      if (waitingFor?.reason !== 'APPROVAL' && waitingFor?.reason !== 'UNKNOWN_OUTCOME') return [];
      return {
        id: `${id} ${key}`,
        to: `/runs/${id}?step=${encodeURIComponent(key)}`,
        name: waitingFor.approval?.title ?? `What became of the call of ${name}?`,
        facts: (
          <>
            <span className={classes.of}>{workflow.name}</span>
            <span className={classes.time}>{startedAt && <RelativeTime time={startedAt} />}</span>
          </>
        ),
      };
    }),
  );
  return items.length > 0 && <LatestList title="Waiting for a decision" all="/runs?status=approval" empty="" items={items} />;
}
