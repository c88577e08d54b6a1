import { IconAlertTriangle, IconBan, IconCircleCheck, IconCircleX, IconLoader2, IconScissors } from '@tabler/icons-react';
import { formatCost, formatDuration, formatTokens } from '../../../ui/format';
import { StatusBadge, type Tone } from '../../../ui/status-badge';
import classes from './playground.module.css';
import type { RunState } from './run-state';

type Look = { tone: Tone; label: string; icon: typeof IconBan };

const finishes: Record<string, Look> = {
  stop: { tone: 'success', label: 'Complete', icon: IconCircleCheck },
  'tool-calls': { tone: 'success', label: 'Calls tools', icon: IconCircleCheck },
  length: { tone: 'warning', label: 'Cut at the longest answer', icon: IconScissors },
  'content-filter': { tone: 'warning', label: 'Filtered by the provider', icon: IconAlertTriangle },
};

/** How a run stands, or why it ended. */
export function RunEnding({ state }: { state: RunState }) {
  const look = lookOf(state);
  if (!look) return null;
  const { icon: Icon, ...badge } = look;
  return <StatusBadge {...badge} icon={<Icon size={14} className={state.phase === 'running' ? classes.turning : undefined} />} />;
}

function lookOf(state: RunState): Look | undefined {
  if (state.phase === 'idle') return undefined;
  if (state.phase === 'running') return { tone: 'info', label: state.text || state.toolCalls.length > 0 ? 'Answering' : 'Waiting for the model', icon: IconLoader2 };
  if (state.phase === 'cancelled') return { tone: 'neutral', label: 'Cancelled', icon: IconBan };
  if (state.phase === 'refused') return { tone: 'danger', label: 'Did not run', icon: IconCircleX };
  const { status, finishReason } = state.run;
  if (status === 'FAILED') return { tone: 'danger', label: 'Failed', icon: IconCircleX };
  if (status === 'CANCELLED') return { tone: 'neutral', label: 'Cancelled', icon: IconBan };
  return finishes[finishReason ?? ''] ?? { tone: 'neutral', label: finishReason ?? 'Ended', icon: IconCircleCheck };
}

/** Latency, tokens and cost of a run that ended; while it runs, how long the first words took. */
export function RunFacts({ state }: { state: RunState }) {
  if (state.phase === 'running') {
    return state.firstTextMs === undefined ? null : <List facts={[['First words', formatDuration(state.firstTextMs)]]} />;
  }
  if (state.phase === 'cancelled') return <List facts={[['Stopped after', formatDuration(state.afterMs)]]} />;
  if (state.phase !== 'ended') return null;
  const { durationMs, firstTokenMs, usage, cost, status } = state.run;
  const facts: [string, string][] = [['By', state.run.model]];
  if (typeof durationMs === 'number') facts.push(['Took', formatDuration(durationMs)]);
  if (typeof firstTokenMs === 'number') facts.push(['First words', formatDuration(firstTokenMs)]);
  if (status === 'COMPLETED') {
    facts.push(['In', formatTokens(usage.inputTokens)], ['Out', formatTokens(usage.outputTokens)]);
    facts.push(['Cost', typeof cost === 'number' ? formatCost(cost) : 'no price known']);
  }
  return <List facts={facts} />;
}

function List({ facts }: { facts: [name: string, value: string][] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="tabular">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
