import type { Column } from '../../../ui/data-table';
import { formatCost, formatTokens } from '../../../ui/format';
import { RelativeTime } from '../../../ui/relative-time';
import { RunStatus } from '../../../ui/run-status';
import { TickingDuration } from '../../../ui/ticking-duration';
import classes from './list.module.css';
import type { RunRow } from './run-list.operations';
import { triggerWord } from './trigger-word';

const mostLabels = 2;

export const runColumns: Column<RunRow>[] = [
  {
    header: 'Workflow',
    cell: ({ workflow, branch, labels }) => (
      <span className={classes.name}>
        <span className={classes.workflow} title={workflow.name}>{workflow.name}</span>
        {branch && <span className={classes.label} title={`On the branch ${branch}`}>{branch}</span>}
        {labels.slice(0, mostLabels).map((label) => <span key={label} className={classes.label} title={label}>{label}</span>)}
        {labels.length > mostLabels && <span className={classes.label} title={labels.slice(mostLabels).join(', ')}>+{labels.length - mostLabels}</span>}
      </span>
    ),
  },
  {
    header: 'Status',
    width: '144px',
    cell: ({ status, queuePosition }) => (
      <>
        <RunStatus status={status} quiet />
        {typeof queuePosition === 'number' && <span className={classes.place} title={`Place ${queuePosition} in the queue of its workflow`}> · {queuePosition}.</span>}
      </>
    ),
  },
  { header: 'Version', width: '80px', wideOnly: true, cell: ({ workflowVersion }) => <span className="tabular">{workflowVersion.number}</span> },
  { header: 'Started by', width: '120px', wideOnly: true, cell: ({ trigger, triggeredBy }) => <span title={triggeredBy?.trigger?.name}>{triggeredBy?.trigger?.name ?? triggerWord(trigger)}</span> },
  { header: 'Started', width: '136px', wideOnly: true, cell: ({ startedAt, createdAt }) => <RelativeTime time={startedAt ?? createdAt} /> },
  {
    header: 'Duration',
    width: '104px',
    align: 'end',
    wideOnly: true,
    cell: ({ startedAt, finishedAt }) => (startedAt ? <TickingDuration from={startedAt} to={finishedAt} /> : null),
  },
  { header: 'Tokens', width: '128px', align: 'end', wideOnly: true, cell: ({ usage }) => formatTokens(usage.inputTokens + usage.outputTokens) },
  { header: 'Cost', width: '96px', align: 'end', wideOnly: true, cell: ({ costUsd }) => (typeof costUsd === 'number' ? formatCost(costUsd) : null) },
];
