import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconBan, IconGitBranch, IconPlayerTrackNext } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import { DataTable, type Column } from '../../../ui/data-table';
import { formatCost, formatCount, formatDuration } from '../../../ui/format';
import { notifyFailure } from '../../../ui/notify';
import { PageHeader } from '../../../ui/page-header';
import { RelativeTime } from '../../../ui/relative-time';
import { RunStatus } from '../../../ui/run-status';
import { ErrorState, SkeletonRows } from '../../../ui/states';
import { ChangeMark } from '../../prompts/history/diff/change-mark';
import { compareLink } from '../run-links';
import { usePolling } from '../use-polling';
import { ReplayDialog } from './replay-dialog';
import { ReplaySummary } from './replay-summary';
import { isUnderWay, replayStatus } from './replay-words';
import { cancelReplayDocument, replayDocument, type Replay, type ReplayedRun } from './replay.operations';
import classes from './replay.module.css';

const columns: Column<ReplayedRun>[] = [
  { header: 'Original run', cell: ({ rerunOf }) => (rerunOf ? <RelativeTime time={rerunOf.startedAt ?? rerunOf.createdAt} /> : 'Kept no longer') },
  { header: 'On the branch', width: '120px', cell: ({ status }) => <RunStatus status={status} quiet /> },
  { header: 'Output', width: '116px', cell: ({ outputChanged }) => (typeof outputChanged === 'boolean' ? <ChangeMark change={outputChanged ? 'CHANGED' : 'UNCHANGED'} quiet /> : '—') },
  { header: 'Duration', width: '176px', align: 'end', wideOnly: true, cell: ({ durationMs, rerunOf }) => <FromTo before={rerunOf?.durationMs} after={durationMs} format={formatDuration} /> },
  { header: 'Cost', width: '192px', align: 'end', wideOnly: true, cell: ({ costUsd, rerunOf }) => <FromTo before={rerunOf?.costUsd} after={costUsd} format={formatCost} /> },
];

/** A replay: what the branch has made of the last runs' inputs, live until it is done. */
export default function ReplayPage() {
  const { id = '' } = useParams();
  const { data, error, refetch, startPolling, stopPolling } = useQuery(replayDocument, { variables: { id }, skipPollAttempt: () => document.hidden });
  const replay = data?.replay;
  usePolling(replay !== undefined && isUnderWay(replay.summary), startPolling, stopPolling);
  if (!replay) {
    return (
      <>
        <PageHeader title="Replay" crumbs={[{ label: 'Workflows', to: '/workflows' }]} />
        {error ? <NotLoaded error={error} onRetry={() => void refetch()} /> : <SkeletonRows height={72} />}
      </>
    );
  }
  const rows = replay.executions.edges.map(({ node }) => node);
  return (
    <>
      <PageHeader
        title={`Replay on ${replay.branch}`}
        crumbs={[{ label: 'Workflows', to: '/workflows' }, { label: replay.workflow.name, to: `/workflows/${replay.workflow.id}?tab=replays` }]}
        facts={<RunStatus status={replayStatus(replay.summary)} />}
        action={<ReplayActions replay={replay} />}
      />
      <div className={classes.page}>
        <p className={classes.about}>
          <IconGitBranch size={16} aria-hidden />
          <span>The inputs of the last {formatCount(replay.summary.total, 'run')} of <Link to={`/workflows/${replay.workflow.id}`}>{replay.workflow.name}</Link>, run on {replay.branch}. Started <RelativeTime time={replay.createdAt} /> by {replay.startedBy.name}.</span>
        </p>
        <ReplaySummary replay={replay} />
        <DataTable
          label="Runs of this replay"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          rowHref={(row) => (row.rerunOf ? compareLink(row.rerunOf.id, row.id) : `/runs/${row.id}`)}
        />
      </div>
    </>
  );
}

function FromTo({ before, after, format }: { before: number | null | undefined; after: number | null | undefined; format: (value: number) => string }) {
  const word = (value: number | null | undefined) => (typeof value === 'number' ? format(value) : '—');
  return <span className="tabular"><span className={classes.before}>{word(before)} →</span> {word(after)}</span>;
}

function ReplayActions({ replay }: { replay: Replay }) {
  const mayStart = usePermissions()('execution:start');
  const [cancel, { loading }] = useMutation(cancelReplayDocument);
  const [asking, setAsking] = useState(false);
  const [again, setAgain] = useState(false);
  const left = replay.summary.queued + replay.summary.running;
  if (!mayStart) return null;
  if (left === 0) {
    return (
      <>
        <Button variant="default" leftSection={<IconPlayerTrackNext size={16} />} onClick={() => setAgain(true)}>Replay again…</Button>
        {again && <ReplayDialog workflowId={replay.workflow.id} branch={replay.branch} onClose={() => setAgain(false)} />}
      </>
    );
  }
  const confirm = async () => {
    try {
      await cancel({ variables: { id: replay.id } });
    } catch (error) {
      notifyFailure(problemOf(error).message);
    }
    setAsking(false);
  };
  return (
    <>
      <Button variant="default" leftSection={<IconBan size={16} />} onClick={() => setAsking(true)}>Cancel replay</Button>
      <ConfirmDialog opened={asking} title="Cancel this replay?" confirmLabel="Cancel replay" cancelLabel="Let it run" busy={loading} onConfirm={() => void confirm()} onCancel={() => setAsking(false)}>
        {formatCount(left, 'run')} of it {left === 1 ? 'has' : 'have'} not ended and will be cancelled, calls of models that are under way included. What has ended is kept.
      </ConfirmDialog>
    </>
  );
}

function NotLoaded({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { code, message } = problemOf(error);
  const action = <Button component={Link} to="/workflows" variant="default">All workflows</Button>;
  return code === 'NOT_FOUND' ? (
    <ErrorState title="There is no such replay" message="It may belong to another workspace, or the address may be mistyped." action={action} />
  ) : (
    <ErrorState title="This replay could not be loaded" message={message} onRetry={onRetry} action={action} />
  );
}
