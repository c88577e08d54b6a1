import { useApolloClient } from '@apollo/client/react';
import { Anchor } from '@mantine/core';
import type { RefObject } from 'react';
import { Link } from 'react-router';
import { formatAbsoluteTime, formatCost, formatCount, formatDuration, formatTokens } from '../../ui/format';
import { RunStatus } from '../../ui/run-status';
import { SimulatedMark } from '../../ui/simulated-mark';
import { TickingDuration } from '../../ui/ticking-duration';
import { Facts } from './facts';
import { Inspector } from './inspector';
import classes from './inspector.module.css';
import { ExcerptView } from './inspection/excerpt-view';
import { wholeRunOutputDocument } from './inspection/inspection.operations';
import { Loading } from './inspection/loading';
import { NamedValues } from './inspection/named-values';
import { RunProblem } from './run-problem';
import { isFinished, totalCost, totalUsage, type RunState } from './run-state';
import type { Run } from './run.queries';
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
  const client = useApolloClient();
  const simulated = Object.values(state.steps).some((step) => step.simulated);
  const mark = simulated ? <SimulatedMark /> : undefined;
  if (state.output === undefined) {
    const readWhole = async () => (await client.query({ query: wholeRunOutputDocument, variables: { id: run.id }, fetchPolicy: 'no-cache' })).data?.execution.output;
    if (state.status === 'COMPLETED') return run.outputExcerpt ? <ExcerptView what="output" fileName={fileName} excerpt={run.outputExcerpt} readWhole={readWhole} mark={mark} /> : <Loading />;
    return <p className={classes.nothing}>{isFinished(state.status) ? 'The run ended without an output.' : 'The output is here when the run has completed.'}</p>;
  }
  return <ValueView what="output" fileName={fileName} value={state.output} mark={mark} key={run.id} />;
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
  SCHEDULED: 'by a schedule',
  WEBHOOK: 'by a webhook',
  EVENT: 'by an event',
  REPLAY: 'in a replay',
  WORKFLOW: 'for a step of another run',
};

function RunDetails({ run, state }: { run: Run; state: RunState }) {
  const usage = totalUsage(state);
  const cost = totalCost(state);
  return (
    <Facts
      facts={[
        ['Workflow', <Anchor key="workflow" component={Link} to={`/workflows/${run.workflow.id}`}>{run.workflow.name}, version {run.workflowVersion.number}</Anchor>],
        ['Started by', `${run.startedBy.name}, ${triggers[run.trigger]}`],
        ['Asked for', formatAbsoluteTime(run.createdAt)],
        ['Queued', state.startedAt && formatDuration(Math.max(0, Date.parse(state.startedAt) - Date.parse(run.createdAt)))],
        ['Started', state.startedAt && formatAbsoluteTime(state.startedAt)],
        ['Ended', state.finishedAt && formatAbsoluteTime(state.finishedAt)],
        ['Duration', state.startedAt && <TickingDuration from={state.startedAt} to={state.finishedAt} />],
        ['Tokens in', formatTokens(usage.inputTokens)],
        ['Tokens out', formatTokens(usage.outputTokens)],
        ['Cost', cost !== null && formatCost(cost)],
        ['Resumed', state.resumes > 0 && `${formatCount(state.resumes, 'time')} after the server had stopped`],
        ['Id', <code key="id">{run.id}</code>],
      ]}
    />
  );
}
