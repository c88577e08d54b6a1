import { Anchor, Skeleton } from '@mantine/core';
import { IconRecycle } from '@tabler/icons-react';
import type { ReactNode, RefObject } from 'react';
import { Link } from 'react-router';
import { formatAbsoluteTime, formatTokens } from '../../ui/format';
import { RunStatus } from '../../ui/run-status';
import { SimulatedMark } from '../../ui/simulated-mark';
import { StatusBadge } from '../../ui/status-badge';
import { TickingDuration } from '../../ui/ticking-duration';
import { stepTypeLooks } from '../workflows/step-type';
import { RerunFromStep } from './rerun/rerun-from-step';
import { StepWaiting } from './decisions/step-waiting';
import { Facts } from './facts';
import { Inspector } from './inspector';
import classes from './inspector.module.css';
import { RetryNotice, RunProblem } from './run-problem';
import { isFinished, type AttemptState, type RunState, type StepState } from './run-state';
import type { Run, RunStep } from './run.queries';
import { TurnNotice } from './turn-notice';
import { ValueView } from './value-view';

interface StepInspectorProps {
  pane: RefObject<HTMLElement | null>;
  run: Run;
  step: RunStep;
  state: StepState;
  runStatus: RunState['status'];
}

export function StepInspector({ pane, run, step, state, runStatus }: StepInspectorProps) {
  const fileName = `${run.workflow.name} - ${step.name}`;
  const content = {
    output: <StepOutput run={run} step={step} state={state} runStatus={runStatus} fileName={fileName} />,
    input: <StepInput step={step} state={state} fileName={fileName} />,
    details: <StepDetails step={step} state={state} />,
  };
  return (
    <Inspector
      pane={pane}
      subject={step.key}
      title={step.name}
      subtitle={step.key}
      status={
        <>
          <RunStatus status={state.status} />
          {step.reused && <StatusBadge tone="neutral" icon={<IconRecycle size={14} />} label="Taken over" title="The result of the run that this one repeats; it cost nothing here." />}
          <RerunFromStep run={run} step={step} />
        </>
      }
      notice={
        <>
          <StepNotice state={state} name={step.name} />
          <StepWaiting executionId={run.id} step={step} state={state} runStatus={runStatus} />
        </>
      }
      growth={state.status === 'RUNNING' && step.type === 'PROMPT' ? state.text : undefined}
      tabs={[
        { name: 'Output', content: content.output },
        { name: 'Input', content: content.input },
        ...(step.type === 'PROMPT' ? [{ name: 'Prompt', content: <StepPrompt step={step} state={state} /> }] : []),
        { name: 'Details', content: content.details },
      ]}
    />
  );
}

function StepNotice({ state, name }: { state: StepState; name: string }) {
  if (state.status === 'FAILED' && state.error) return <RunProblem title={`${name} failed`} error={state.error} />;
  if (state.status === 'WAITING' && state.waitsFor === 'RATE_LIMIT') return <TurnNotice until={state.retryAt} />;
  if (state.status === 'WAITING' && state.waitsFor === null) return <RetryNotice title={`Attempt ${state.attempt} failed; the next one follows by itself`} error={state.error} />;
  const interrupted = state.status === 'PENDING' && state.attempts.at(-1)?.outcome === 'INTERRUPTED';
  return interrupted ? <RetryNotice title="The server stopped in the middle of this step; it runs again by itself" error={state.error} /> : null;
}

function StepOutput({ run, step, state, runStatus, fileName }: Omit<StepInspectorProps, 'pane'> & { fileName: string }) {
  const mark = state.simulated ? <SimulatedMark /> : undefined;
  if (state.status === 'COMPLETED') {
    return (
      <>
        <ValueView key={step.key} what="output" fileName={fileName} value={state.output} mark={mark} />
        {step.finishReason === 'length' && <p className={classes.nothing}>The model stopped at its longest answer, so this may break off. Allow longer answers in the prompt’s settings.</p>}
      </>
    );
  }
  if (state.text !== '') {
    const growing = state.status === 'RUNNING';
    return (
      <ValueView
        key={step.key}
        what="output"
        fileName={fileName}
        value={state.text}
        growing={growing}
        mark={<>{mark}{!growing && <span>What came before it broke off</span>}</>}
      />
    );
  }
  return <p className={classes.nothing}>{noOutputYet(run, step, state, runStatus)}</p>;
}

function noOutputYet(run: Run, step: RunStep, state: StepState, runStatus: RunState['status']): string {
  if (state.status === 'RUNNING') return step.type === 'PROMPT' ? 'Waiting for the model’s first words…' : 'Working…';
  if (state.status === 'WAITING') return 'There is no output yet.';
  if (state.status === 'FAILED') return 'It failed before it gave an output.';
  if (state.status === 'SKIPPED') return 'It was skipped: what it hangs on went another way.';
  if (state.status === 'CANCELLED') return 'It was cancelled before it gave an output.';
  if (isFinished(runStatus)) return 'The run ended before this step began.';
  const needs = run.workflowVersion.steps.find(({ key }) => key === step.key)?.dependsOn ?? [];
  const names = needs.map((key) => run.steps.find((other) => other.key === key)?.name ?? key);
  return names.length === 0 ? 'This step has not begun yet.' : `Begins when ${new Intl.ListFormat('en').format(names)} ${names.length === 1 ? 'is' : 'are'} done.`;
}

function StepInput({ step, state, fileName }: { step: RunStep; state: StepState; fileName: string }) {
  if (step.input === null || step.input === undefined) return state.status === 'PENDING' ? <p className={classes.nothing}>Its input is put together when it begins.</p> : <Loading />;
  if (typeof step.input !== 'object' || Array.isArray(step.input)) return <ValueView what="input" fileName={`${fileName} - input`} value={step.input} />;
  return <NamedValues values={step.input} fileName={`${fileName} - input`} nothing="This step takes no input." />;
}

export function NamedValues({ values, fileName, nothing }: { values: object; fileName: string; nothing: string }) {
  const entries = Object.entries(values);
  if (entries.length === 0) return <p className={classes.nothing}>{nothing}</p>;
  return entries.map(([name, value]: [string, unknown]) => (
    <div key={name} className={classes.pair}>
      <ValueView what={name} fileName={`${fileName} - ${name}`} value={value} mark={<span className={classes.pairName}>{name}</span>} />
    </div>
  ));
}

const roles = { SYSTEM: 'System', USER: 'User', ASSISTANT: 'Assistant', PLACEHOLDER: 'Placeholder' };

function StepPrompt({ step, state }: { step: RunStep; state: StepState }) {
  const version = step.promptVersion;
  const model = state.model ?? step.model;
  return (
    <>
      <Facts
        facts={[
          ['Prompt', version && <Anchor component={Link} to={`/prompts/${version.prompt.id}`}>{version.prompt.name} {version.version}</Anchor>],
          ['Model', model && <span style={{ display: 'inline-flex', gap: 8, flexWrap: 'wrap' }}>{model} {state.simulated && <SimulatedMark quiet />}</span>],
        ]}
      />
      {step.messages ? (
        step.messages.map((message, index) => (
          <div key={index} className={classes.message}>
            <ValueView
              what={`${roles[message.role].toLowerCase()} message`}
              fileName={`${step.name} - message ${index + 1}`}
              value={message.content}
              mark={<span className={classes.role}>{roles[message.role]}</span>}
            />
          </div>
        ))
      ) : state.status === 'PENDING' ? (
        <p className={classes.nothing}>The messages are written when the step begins.</p>
      ) : (
        <Loading />
      )}
    </>
  );
}

const outcomes: Record<AttemptState['outcome'], string> = {
  RUNNING: 'Running',
  COMPLETED: 'Completed',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
  INTERRUPTED: 'Interrupted, its outcome is unknown',
};

const finishes: Record<string, string> = {
  stop: 'The answer was complete',
  length: 'The longest answer was reached',
  'content-filter': 'The provider’s content filter stepped in',
};

function StepDetails({ step, state }: { step: RunStep; state: StepState }) {
  const first = state.attempts[0];
  const last = state.attempts.at(-1);
  return (
    <>
      <Facts
        facts={[
          ['Type', stepTypeLooks[step.type].label],
          ['Key', <code key="key">{step.key}</code>],
          ['Started', first && formatAbsoluteTime(first.startedAt)],
          ['Ended', last?.endedAt && formatAbsoluteTime(last.endedAt)],
          ['Duration', first && <TickingDuration from={first.startedAt} to={state.status === 'WAITING' ? null : last?.endedAt} />],
          ['Provider', state.provider ?? step.provider],
          ['Model', state.model ?? step.model],
          ...(step.type === 'PROMPT' ? tokenFacts(state) : []),
          ['Stopped because', step.finishReason && state.status === 'COMPLETED' && (finishes[step.finishReason] ?? step.finishReason)],
        ]}
      />
      {state.attempts.length > 0 && (
        <>
          <h3 className={classes.subhead}>Attempts</h3>
          <ol className={classes.attempts}>
            {state.attempts.map((attempt) => (
              <li key={attempt.number}>
                <span className="tabular">{attempt.number}</span>
                <span>{outcomes[attempt.outcome]}</span>
                <TickingDuration from={attempt.startedAt} to={attempt.endedAt} />
                {attempt.error && <p>{attempt.error.message}</p>}
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}

function tokenFacts({ usage }: StepState): [string, ReactNode][] {
  return [
    ['Tokens in', formatTokens(usage.inputTokens)],
    ['Tokens out', formatTokens(usage.outputTokens)],
  ];
}

const Loading = () => (
  <div role="status" aria-label="Loading">
    <Skeleton height={14} mb={12} width="70%" />
    <Skeleton height={14} mb={12} width="85%" />
    <Skeleton height={14} width="40%" />
  </div>
);

