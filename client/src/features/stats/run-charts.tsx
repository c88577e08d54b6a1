import { useQuery } from '@apollo/client/react';
import { ActionIcon, SegmentedControl, Skeleton, Tooltip } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../api/api-errors';
import { formatCost, formatCount, formatDuration } from '../../ui/format';
import { ErrorState } from '../../ui/states';
import { TimeChart, type ChartSpan } from '../../ui/time-chart';
import { labelOf, periodOf, periods, spanOf, type Period } from './period';
import { runStatsDocument, type RunStats } from './stats.operations';
import classes from './stats.module.css';

const refreshEveryMs = 30_000;

interface RunChartsProps {
  title: string;
  /** Of the workspace when neither is given. A prompt version's are steps, not whole runs. */
  workflowId?: string;
  promptVersionId?: string;
}

/** How runs ended, how long they took and what they cost, over a time that the reader chooses. */
export function RunCharts({ title, workflowId, promptVersionId }: RunChartsProps) {
  const [params, setParams] = useSearchParams();
  const [openedAt] = useState(() => Date.now());
  const [asTable, setAsTable] = useState(false);
  const period = periodOf(params.get('period'));
  const { data, previousData, error, refetch } = useQuery(runStatsDocument, {
    variables: { input: { ...spanOf(period, openedAt), workflowId, promptVersionId } },
    pollInterval: refreshEveryMs,
    skipPollAttempt: () => document.hidden,
  });
  const stats = (data ?? previousData)?.executionStats;
  const choose = (value: string) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      next.set('period', value);
      return next;
    }, { replace: true });

  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.bar}>
        <h2 className={classes.title}>{title}</h2>
        <SegmentedControl size="xs" aria-label="Period" value={period.value} onChange={choose} data={periods.map(({ value, label }) => ({ value, label }))} />
        <Tooltip label={asTable ? 'Show as charts' : 'Show as tables'}>
          <ActionIcon variant="default" aria-label={asTable ? 'Show as charts' : 'Show as tables'} onClick={() => setAsTable(!asTable)}>
            {asTable ? <IconChartBar size={16} /> : <IconTable size={16} />}
          </ActionIcon>
        </Tooltip>
      </div>
      {error && !stats ? (
        <ErrorState title="The numbers could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !stats ? (
        <div className={classes.charts} role="status" aria-label="Loading">
          {[1, 2, 3].map((chart) => <Skeleton key={chart} height={224} radius={8} />)}
        </div>
      ) : (
        <Charts stats={stats} period={period} asTable={asTable} noun={promptVersionId ? 'step' : 'run'} listed={!promptVersionId} workflowId={workflowId} />
      )}
    </section>
  );
}

interface ChartsProps {
  stats: RunStats;
  period: Period;
  asTable: boolean;
  noun: string;
  /** There is a list of the runs behind each part. */
  listed: boolean;
  workflowId: string | undefined;
}

function Charts({ stats: { total, buckets }, period, asTable, noun, listed, workflowId }: ChartsProps) {
  const spans = buckets.map(({ from, to }): ChartSpan => ({ label: labelOf(period, from), to: listed ? runsPath({ from, to, workflowId }) : undefined }));
  const values = <Key extends keyof RunStats['buckets'][number]>(key: Key) => buckets.map((bucket) => bucket[key]);
  const rate = total.failureRate ?? 0;
  return (
    <div className={classes.charts}>
      <TimeChart
        title={noun === 'run' ? 'Runs' : 'Steps'}
        summary={total.failed === 0 ? formatCount(total.total, noun) : `${formatCount(total.total, noun)} · ${(rate * 100).toFixed(rate < 0.1 ? 1 : 0)} % failed`}
        kind="bars"
        spans={spans}
        series={[
          { name: 'Completed', colour: 'var(--pp-success)', values: values('completed') },
          { name: 'Failed', colour: 'var(--pp-danger)', values: values('failed') },
          { name: 'Cancelled', colour: 'var(--pp-neutral)', values: values('cancelled') },
          { name: 'Not ended', colour: 'var(--pp-info)', values: values('unfinished') },
        ].filter(({ name, values: counts }) => name === 'Completed' || counts.some((count) => count > 0))}
        format={(value) => String(value)}
        asTable={asTable}
      />
      <TimeChart
        title="Duration"
        summary={typeof total.p50DurationMs === 'number' ? `Half ${formatDuration(total.p50DurationMs)} · 95 % ${formatDuration(total.p95DurationMs ?? 0)}` : 'None completed'}
        kind="lines"
        spans={spans}
        series={[
          { name: 'Half took at most', colour: 'var(--pp-lane-0)', values: values('p50DurationMs') },
          { name: '95 % took at most', colour: 'var(--pp-lane-2)', values: values('p95DurationMs') },
        ]}
        format={formatDuration}
        asTable={asTable}
      />
      <TimeChart
        title="Cost"
        summary={`${formatCost(total.costUsd)} · ${formatCount(total.inputTokens + total.outputTokens, 'token')}`}
        kind="bars"
        spans={spans}
        series={[{ name: 'Cost', colour: 'var(--pp-lane-1)', values: values('costUsd') }]}
        format={formatCost}
        asTable={asTable}
      />
    </div>
  );
}

function runsPath({ from, to, workflowId }: { from: string; to: string; workflowId: string | undefined }): string {
  return `/runs?${new URLSearchParams({ from, to, ...(workflowId && { workflow: workflowId }) }).toString()}`;
}
