import { Anchor } from '@mantine/core';
import type { RefObject } from 'react';
import { Link } from 'react-router';
import { formatAbsoluteTime, formatCount, formatTokens } from '../../ui/format';
import { RunStatus } from '../../ui/run-status';
import { SimulatedMark } from '../../ui/simulated-mark';
import { TickingDuration } from '../../ui/ticking-duration';
import { Facts } from './facts';
import { Inspector } from './inspector';
import classes from './inspector.module.css';
import { RunProblem } from './run-problem';
import { isFinished, totalUsage, type RunState } from './run-state';
import type { Run } from './run.queries';
import { NamedValues } from './step-inspector';
import { ValueView } from './value-view';

export function RunInspector({ pane, run, state }: { pane: RefObject<HTMLElement | null>; run: Run; state: RunState }) {
  const fileName = run.workflow.name;
  const failedStep = run.error?.stepKey ? run.steps.find(({ key }) => key === run.error?.stepKey) : undefined;
  return (
    <Inspector
      pane={pane}
      subject="run"
      title="Whole run"
      status={<RunStatus status={state.status} />}
      growth={undefined}
      notice={
        state.status === 'FAILED' && state.error ? (
          <RunProblem title={failedStep ? `The run ended because ${failedStep.name} failed` : 'The run failed'} error={state.error} />
        ) : null
      }
      tabs={[
        { name: 'Output', content: <RunOutput run={run} state={state} fileName={fileName} /> },
        { name: 'Input', content: <RunInputs inputs={run.inputs} fileName={fileName} /> },
        { name: 'Lockfile', content: <Lockfile lockfile={run.lockfile} fileName={fileName} /> },
        { name: 'Details', content: <RunDetails run={run} state={state} /> },
      ]}
    />
  );
}

function RunOutput({ run, state, fileName }: { run: Run; state: RunState; fileName: string }) {
  if (state.output === undefined) {
    return <p className={classes.nothing}>{isFinished(state.status) ? 'The run ended without an output.' : 'The output is here when the run has completed.'}</p>;
  }
  const simulated = Object.values(state.steps).some((step) => step.simulated);
  return <ValueView what="output" fileName={fileName} value={state.output} mark={simulated ? <SimulatedMark /> : undefined} key={run.id} />;
}

function RunInputs({ inputs, fileName }: { inputs: unknown; fileName: string }) {
  const values = typeof inputs === 'object' && inputs !== null ? inputs : {};
  return <NamedValues values={values} fileName={`${fileName} - input`} nothing="This workflow takes no inputs." />;
}

function Lockfile({ lockfile, fileName }: { lockfile: unknown; fileName: string }) {
  return (
    <ValueView what="lockfile" fileName={`${fileName} - lockfile`} value={lockfile} mark={<span>The versions and model settings that this run was pinned to when it started.</span>} />
  );
}

const triggers: Record<Run['trigger'], string> = {
  MANUAL: 'by hand',
  API: 'by the API',
  RERUN: 'to repeat a run',
  REPLAY: 'in a replay',
  WORKFLOW: 'for a step of another run',
};

function RunDetails({ run, state }: { run: Run; state: RunState }) {
  const usage = totalUsage(state);
  return (
    <Facts
      facts={[
        ['Workflow', <Anchor key="workflow" component={Link} to={`/workflows/${run.workflow.id}`}>{run.workflow.name}, version {run.workflowVersion.number}</Anchor>],
        ['Started by', `${run.startedBy.name}, ${triggers[run.trigger]}`],
        ['Asked for', formatAbsoluteTime(run.createdAt)],
        ['Started', state.startedAt && formatAbsoluteTime(state.startedAt)],
        ['Ended', state.finishedAt && formatAbsoluteTime(state.finishedAt)],
        ['Duration', state.startedAt && <TickingDuration from={state.startedAt} to={state.finishedAt} />],
        ['Tokens in', formatTokens(usage.inputTokens)],
        ['Tokens out', formatTokens(usage.outputTokens)],
        ['Resumed', state.resumes > 0 && `${formatCount(state.resumes, 'time')} after the server had stopped`],
        ['Id', <code key="id">{run.id}</code>],
      ]}
    />
  );
}
