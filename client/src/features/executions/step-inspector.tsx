import { IconRecycle } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { problemOf } from '../../api/api-errors';
import { RunStatus } from '../../ui/run-status';
import { ErrorState } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { StepWaiting } from './decisions/step-waiting';
import { StepChildren } from './inspection/step-children';
import { StepFacts } from './inspection/step-details';
import { StepLogs } from './inspection/step-logs';
import { StepPrompt } from './inspection/step-prompt';
import { StepUsage } from './inspection/step-usage';
import { StepInput, StepOutput } from './inspection/step-values';
import { useStepDetails } from './inspection/use-step-details';
import { Inspector, type InspectorTab } from './inspector';
import { queuedMs } from './queue-time';
import { RerunFromStep } from './rerun/rerun-from-step';
import { RetryNotice, RunProblem } from './run-problem';
import type { RunState, StepState } from './run-state';
import type { Run, RunStep } from './run.queries';
import { TurnNotice } from './turn-notice';

interface StepInspectorProps {
  pane: RefObject<HTMLElement | null>;
  run: Run;
  step: RunStep;
  state: StepState;
  runState: RunState;
}

export function StepInspector({ pane, run, step, state, runState }: StepInspectorProps) {
  const { details, error, reload } = useStepDetails(run.id, step.key, state);
  const common = { run, step, state, details, fileName: `${run.workflow.name} - ${step.name}` };
  const asks = step.type === 'PROMPT' || step.type === 'DECISION';
  const tabs: (InspectorTab | false)[] = [
    { name: 'Output', content: <StepOutput {...common} runStatus={runState.status} /> },
    { name: 'Input', content: <StepInput {...common} /> },
    asks && { name: 'Prompt', content: <StepPrompt run={run} step={step} state={state} details={details} /> },
    (step.type === 'MAP' || step.type === 'WORKFLOW') && { name: 'Runs', content: <StepChildren runId={run.id} stepKey={step.key} state={state} details={details} /> },
    { name: 'Logs', content: <StepLogs state={state} details={details} /> },
    asks && { name: 'Usage', content: <StepUsage state={state} details={details} /> },
    { name: 'Details', content: <StepFacts step={step} state={state} details={details} queuedMs={queuedMs(run, runState, step.key)} /> },
  ];
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
          <StepWaiting executionId={run.id} step={step} state={state} runStatus={runState.status} />
          {error !== undefined && !details && <ErrorState title="More about this step could not be loaded" message={problemOf(error).message} onRetry={reload} />}
        </>
      }
      growth={state.status === 'RUNNING' && step.type === 'PROMPT' ? state.text : undefined}
      tabs={tabs.filter((tab) => tab !== false)}
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
