import { formatCost, formatDuration, formatTokens } from '../../../ui/format';
import { RunStatus } from '../../../ui/run-status';
import { SimulatedMark } from '../../../ui/simulated-mark';
import { Facts } from '../facts';
import inspector from '../inspector.module.css';
import type { StepState } from '../run-state';
import { CallCost } from './call-cost';
import type { StepCall, StepDetails } from './inspection.operations';
import { Loading } from './loading';
import classes from './inspection.module.css';

/** What a step's calls of models used and cost, each and together. */
export function StepUsage({ state, details }: { state: StepState; details: StepDetails | undefined }) {
  const { usage, costUsd } = state;
  const calls = details?.calls ?? [];
  const cached = sumOf(calls, (call) => call.usage.cachedInputTokens);
  const reasoning = sumOf(calls, (call) => call.usage.reasoningTokens);
  return (
    <>
      <Facts
        facts={[
          ['Tokens in', formatTokens(usage.inputTokens)],
          ['of them cached', cached > 0 && formatTokens(cached)],
          ['Tokens out', formatTokens(usage.outputTokens)],
          ['of them thinking', reasoning > 0 && formatTokens(reasoning)],
          ['Cost', costUsd === null ? (state.status === 'COMPLETED' && 'No price is known') : formatCost(costUsd)],
        ]}
      />
      {!details && state.status !== 'PENDING' && <Loading />}
      {calls.length > 0 && (
        <>
          <h3 className={inspector.subhead}>Calls of models</h3>
          <ol className={inspector.attempts}>{calls.map((call, index) => <Call key={index} call={call} />)}</ol>
        </>
      )}
    </>
  );
}

function Call({ call }: { call: StepCall }) {
  const { model, simulated, status, usage, costUsd, durationMs, error, problems } = call;
  return (
    <li className={classes.call}>
      <RunStatus status={status} quiet />
      <span>{model}</span>
      {simulated && <SimulatedMark quiet />}
      <span>{formatDuration(durationMs)}</span>
      <span>{formatTokens(usage.inputTokens)} in</span>
      <span>{formatTokens(usage.outputTokens)} out</span>
      {typeof costUsd === 'number' && <span>{formatCost(costUsd)}</span>}
      <CallCost call={call} />
      {error && <p>{error.message}</p>}
      {problems.map((problem) => <p key={problem}>{problem}</p>)}
    </li>
  );
}

function sumOf(calls: readonly StepCall[], part: (call: StepCall) => number): number {
  return calls.reduce((sum, call) => sum + part(call), 0);
}
