import { useQuery } from '@apollo/client/react';
import { Anchor, Button, Switch } from '@mantine/core';
import { IconArrowsDiff, IconArrowsExchange } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import type { CompareRunsQuery } from '../../../gql/graphql';
import { formatCost, formatCount, formatDuration, formatTokens } from '../../../ui/format';
import { PageHeader } from '../../../ui/page-header';
import { RelativeTime } from '../../../ui/relative-time';
import { RunStatus } from '../../../ui/run-status';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states';
import { compareLink } from '../run-links';
import { isFinished } from '../run-state';
import { usePolling } from '../use-polling';
import { changeInWords } from './change-in-words';
import { compareRunsDocument, type ComparedRun } from './compare.operations';
import classes from './compare.module.css';
import { SideBySide } from './side-by-side';
import { differs, StepPairCard } from './step-pair-card';
import { ValueDifference } from './value-difference';

const allRuns = <Button component={Link} to="/runs" variant="default">All runs</Button>;

/** Two runs of a workflow, step by step. The URL holds which. */
export default function CompareRunsPage() {
  const [params] = useSearchParams();
  const [base, other] = [params.get('base') ?? '', params.get('other') ?? ''];
  const { data, error, refetch, startPolling, stopPolling } = useQuery(compareRunsDocument, {
    variables: { base, other },
    skip: !base || !other,
    fetchPolicy: 'no-cache',
    skipPollAttempt: () => document.hidden,
  });
  const comparison = data?.compareExecutions;
  const goesOn = comparison !== undefined && ![comparison.base, comparison.other].every(({ status }) => isFinished(status));
  usePolling(goesOn, startPolling, stopPolling);
  const workflow = comparison?.base.workflow;
  return (
    <>
      <PageHeader
        title="Compare runs"
        crumbs={[...(workflow ? [{ label: workflow.name, to: `/workflows/${workflow.id}` }] : []), { label: 'Runs', to: '/runs' }]}
        action={comparison && <Button component={Link} to={compareLink(other, base)} variant="default" leftSection={<IconArrowsExchange size={16} />}>Swap sides</Button>}
      />
      {comparison ? (
        <Comparison comparison={comparison} />
      ) : !base || !other ? (
        <EmptyState icon={<IconArrowsDiff size={24} />} title="Choose two runs" action={allRuns}>
          Open a run that repeats another, or that was run again: it offers to compare the two.
        </EmptyState>
      ) : error ? (
        <NotCompared error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows height={72} />
      )}
    </>
  );
}

function NotCompared({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { code, message } = problemOf(error);
  if (code === 'NOT_FOUND') return <ErrorState title="One of the runs is not there" message="It may be kept no longer, or belong to another workspace." action={allRuns} />;
  return <ErrorState title="The runs could not be compared" message={message} {...(code !== 'CONFLICT' && { onRetry })} action={allRuns} />;
}

function Comparison({ comparison: { base, other, inputs, output, steps } }: { comparison: CompareRunsQuery['compareExecutions'] }) {
  const [params, setParams] = useSearchParams();
  const onlyChanges = params.has('changes');
  const changed = steps.filter(differs);
  const shown = onlyChanges ? changed : steps;
  const toggle = (only: boolean) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      if (only) next.set('changes', '1');
      else next.delete('changes');
      return next;
    }, { replace: true });
  return (
    <div className={classes.page}>
      <Totals base={base} other={other} />
      <section>
        <h2 className={classes.title}>Inputs</h2>
        <ValueDifference difference={inputs} same="The inputs are the same." />
      </section>
      <section>
        <h2 className={classes.title}>Output of the run</h2>
        <ValueDifference difference={output} same={base.status === 'COMPLETED' ? 'The outputs are the same.' : 'Neither run has an output.'} />
      </section>
      <section>
        <div className={classes.stepsHead}>
          <h2 className={classes.title}>Steps <span className={classes.quiet}>{changed.length === 0 ? 'none differs' : `${changed.length} of ${formatCount(steps.length, 'step')} ${changed.length === 1 ? 'differs' : 'differ'}`}</span></h2>
          <Switch size="xs" label="Only what differs" checked={onlyChanges} onChange={({ currentTarget: { checked } }) => toggle(checked)} />
        </div>
        <div className={classes.cards}>
          {shown.map((pair) => <StepPairCard key={pair.key} pair={pair} />)}
          {shown.length === 0 && <p className={classes.quiet}>Every step gave the same, with the same prompt versions and models.</p>}
        </div>
      </section>
    </div>
  );
}

function Totals({ base, other }: { base: ComparedRun; other: ComparedRun }) {
  const tokensOf = ({ usage }: ComparedRun) => usage.inputTokens + usage.outputTokens;
  return (
    <SideBySide
      label="The two runs"
      heads={[<RunHead key="base" label="Base" run={base} />, <RunHead key="other" label="Other" run={other} />]}
      rows={[
        { name: 'Status', sides: [<RunStatus key="base" status={base.status} quiet />, <RunStatus key="other" status={other.status} quiet />] },
        { name: 'Workflow', sides: [`Version ${base.workflowVersion.number}`, `Version ${other.workflowVersion.number}`], difference: base.workflowVersion.id === other.workflowVersion.id ? 'the same' : 'another version' },
        { name: 'Branch', sides: [base.branch, other.branch] },
        { name: 'Duration', sides: [duration(base), duration(other)], difference: changeInWords(base.durationMs, other.durationMs) },
        { name: 'Tokens', sides: [formatTokens(tokensOf(base)), formatTokens(tokensOf(other))], difference: changeInWords(tokensOf(base), tokensOf(other)) },
        { name: 'Cost', sides: [cost(base), cost(other)], difference: changeInWords(base.costUsd, other.costUsd) },
      ]}
    />
  );
}

function RunHead({ label, run }: { label: string; run: ComparedRun }) {
  return <>{label}: <Anchor component={Link} to={`/runs/${run.id}`} inherit>run of <RelativeTime time={run.startedAt ?? run.createdAt} /></Anchor></>;
}

const duration = ({ durationMs }: ComparedRun) => (typeof durationMs === 'number' ? formatDuration(durationMs) : null);

const cost = ({ costUsd }: ComparedRun) => (typeof costUsd === 'number' ? formatCost(costUsd) : null);
