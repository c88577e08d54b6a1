import { Button, VisuallyHidden } from '@mantine/core';
import { IconBolt, IconClock, IconCoin, IconFocusCentered, IconRoute, IconStopwatch } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { formatCost, formatTokens } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { RelativeTime } from '../../ui/relative-time';
import { RunStatus } from '../../ui/run-status';
import { TickingDuration } from '../../ui/ticking-duration';
import { LaunchedBy } from './launched-by';
import { LiveMark } from './live-mark';
import { RunRelatives } from './rerun/run-relatives';
import { RunControls } from './run-controls';
import { RunInspector } from './run-inspector';
import classes from './run.module.css';
import type { Run } from './run.queries';
import { eventsTellMore } from './run-snapshot';
import { isFinished, pendingStep, totalCost, totalUsage, waitsForPerson, type RunEvent, type RunState } from './run-state';
import { StepInspector } from './step-inspector';
import { Timeline, wholeRun } from './timeline';
import { useRunFeed } from './use-run-feed';

interface RunViewProps {
  run: Run;
  crumbs: { label: string; to: string }[];
  action: ReactNode;
  /** The server's record of the run has changed. */
  onChange: () => void;
}

/** A run: its steps over time at the left, what is known of the selected one at the right, live until it ends. */
export function RunView({ run, crumbs, action, onChange }: RunViewProps) {
  const [follow] = useState(() => eventsTellMore(run));
  const { state, connection, lastChange } = useRunFeed(run, follow, useThrottled(onChange, 500));
  const { selected, select, picked, release } = useSelectedStep(run, state);
  const inspectorPane = useRef<HTMLDivElement>(null);
  const step = run.steps.find(({ key }) => key === selected);
  const live = !isFinished(state.status);
  const usage = totalUsage(state);
  const cost = totalCost(state);
  return (
    <div className={classes.page}>
      <PageHeader
        title={run.workflow.name}
        crumbs={crumbs}
        facts={
          <>
            <RunStatus status={state.status} />
            {live && <LiveMark connection={connection} />}
          </>
        }
        action={live ? <RunControls id={run.id} status={state.status} /> : action}
      />
      <div className={classes.strip}>
        <span>
          <IconRoute size={16} aria-hidden />
          <Link to={`/workflows/${run.workflow.id}`}>Version {run.workflowVersion.number}</Link>
        </span>
        <span>
          <IconClock size={16} aria-hidden />
          <span>
            {state.startedAt ? 'Started' : 'Asked for'} <RelativeTime time={state.startedAt ?? run.createdAt} /> by {run.startedBy.name}
          </span>
        </span>
        {state.startedAt && (
          <span title="Duration">
            <IconStopwatch size={16} aria-hidden />
            <strong><TickingDuration from={state.startedAt} to={state.finishedAt} /></strong>
          </span>
        )}
        <span title={`${formatTokens(usage.inputTokens)} in, ${formatTokens(usage.outputTokens)} out`}>
          <IconBolt size={16} aria-hidden />
          <strong>{formatTokens(usage.inputTokens + usage.outputTokens)}</strong>
        </span>
        {cost !== null && (
          <span title="Cost">
            <IconCoin size={16} aria-hidden />
            <strong>{formatCost(cost)}</strong>
          </span>
        )}
        <LaunchedBy run={run} />
        <RunRelatives run={run} />
        {live && picked && (
          <Button className={classes.follow} variant="default" size="compact-sm" leftSection={<IconFocusCentered size={14} />} onClick={release}>
            Follow the run
          </Button>
        )}
      </div>
      <div className={classes.panes}>
        <div className={classes.pane}>
          <Timeline run={run} state={state} selected={selected} onSelect={select} onOpen={() => showInspector(inspectorPane.current)} />
        </div>
        <div className={classes.pane} ref={inspectorPane}>
          {step ? (
            <StepInspector pane={inspectorPane} run={run} step={step} state={state.steps[step.key] ?? pendingStep} runState={state} />
          ) : (
            <RunInspector pane={inspectorPane} run={run} state={state} />
          )}
        </div>
      </div>
      <VisuallyHidden role="status">{lastChange && wordsFor(lastChange, run)}</VisuallyHidden>
    </div>
  );
}

/** Where the panes stand one above the other, what was pointed at may be out of sight. */
function showInspector(pane: HTMLElement | null): void {
  if (!pane || getComputedStyle(pane).overflowY === 'auto') return;
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  requestAnimationFrame(() => pane.scrollIntoView({ behavior, block: 'start' }));
}

/** The step that the reader picked, which the page's address keeps; until then the one that is at work, and at the end the result. */
function useSelectedStep(run: Run, state: RunState) {
  const [params, setParams] = useSearchParams();
  const picked = params.get('step');
  const [followed, setFollowed] = useState(() => interestingStep(run, state));
  const running = run.steps.filter(({ key }) => state.steps[key]?.status === 'RUNNING').map(({ key }) => key);
  const asking = run.steps.filter(({ key }) => waitsForPerson(state.steps[key])).map(({ key }) => key);
  const active = running.length > 0 ? running : asking;
  if (active[0] !== undefined && !active.includes(followed)) setFollowed(active[0]);
  // At the end, what it was all for: the output, or what went wrong.
  const finished = isFinished(state.status);
  const [wasFinished, setWasFinished] = useState(finished);
  if (finished !== wasFinished) {
    setWasFinished(finished);
    setFollowed(interestingStep(run, state));
  }

  const change = (step: string | null) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      if (step === null) next.delete('step');
      else next.set('step', step);
      return next;
    }, { replace: true, preventScrollReset: true });
  return { selected: picked ?? followed, picked: picked !== null, select: (key: string) => change(key), release: () => change(null) };
}

function interestingStep(run: Run, state: RunState): string {
  const withStatus = (status: string) => run.steps.find(({ key }) => state.steps[key]?.status === status)?.key;
  return withStatus('RUNNING') ?? withStatus('WAITING') ?? withStatus('FAILED') ?? wholeRun;
}

function wordsFor(event: RunEvent, run: Run): string {
  const name = run.steps.find(({ key }) => key === event.stepKey)?.name ?? 'A step';
  switch (event.type) {
    case 'EXECUTION_STARTED':
      return 'The run started.';
    case 'EXECUTION_RESUMED':
      return 'The run goes on after an interruption.';
    case 'EXECUTION_COMPLETED':
      return 'The run completed.';
    case 'EXECUTION_FAILED':
      return 'The run failed.';
    case 'EXECUTION_PAUSED':
      return 'The run is paused.';
    case 'EXECUTION_UNPAUSED':
      return 'The run goes on.';
    case 'EXECUTION_CANCELLED':
      return 'The run was cancelled.';
    case 'STEP_STARTED':
      return `${name} started.`;
    case 'STEP_COMPLETED':
      return `${name} completed.`;
    case 'STEP_FAILED':
      return `${name} failed.`;
    case 'STEP_RETRY_SCHEDULED':
      return `${name} will be tried again.`;
    case 'STEP_OUTCOME_UNKNOWN':
      return `${name} was interrupted.`;
    case 'STEP_WAITING':
      return `${name} waits.`;
    case 'STEP_SKIPPED':
      return `${name} was skipped.`;
    case 'STEP_CANCELLED':
      return `${name} was cancelled.`;
    case 'STEP_REUSED':
    case 'STEP_LOG':
    case 'EXECUTION_QUEUED':
    case 'STEP_OUTPUT':
      return '';
  }
}

/** Calls at most once in a while, and always after the last time it was asked to. */
function useThrottled(callback: () => void, everyMs: number): () => void {
  const latest = useRef(callback);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = callback;
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, everyMs);
  };
}
