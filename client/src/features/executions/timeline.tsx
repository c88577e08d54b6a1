import { IconBolt, IconRoute } from '@tabler/icons-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { ExecutionStatus, StepStatus } from '../../gql/graphql';
import { formatDuration, formatTokens } from '../../ui/format';
import { StatusIcon, statusTone, statusWord } from '../../ui/run-status';
import { StepTypeIcon, stepTypeLooks } from '../workflows/step-type';
import { SimulatedMark } from '../../ui/simulated-mark';
import { useNow } from '../../ui/ticking-duration';
import { readySince } from './queue-time';
import { isFinished, pendingStep, totalUsage, type RunState, type StepState, type Usage } from './run-state';
import type { Run, RunStep } from './run.queries';
import classes from './timeline.module.css';
import { Waterfall } from './waterfall';

/** What stands for the run as a whole in the list of its steps. */
export const wholeRun = '';

interface TimelineProps {
  run: Run;
  state: RunState;
  selected: string;
  onSelect: (key: string) => void;
  /** One was pointed at, so its details are wanted. */
  onOpen: () => void;
}

/** The steps of a run over time. One of them is selected; arrow keys, Home and End move the selection. */
export function Timeline({ run, state, selected, onSelect, onOpen }: TimelineProps) {
  const now = useNow(!isFinished(state.status));
  const from = Date.parse(run.createdAt);
  const to = state.finishedAt ? Date.parse(state.finishedAt) : Math.max(now, from + 1000);
  const scale = { from, to: Math.max(to, from + 1) };
  const keys = [wholeRun, ...run.steps.map(({ key }) => key)];
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  const open = (key: string) => {
    onSelect(key);
    onOpen();
  };
  const move = (event: KeyboardEvent) => {
    const target = targetOf(event.key, keys, selected);
    if (target === undefined) return;
    event.preventDefault();
    onSelect(target);
  };
  return (
    <div className={classes.timeline}>
      <div className={classes.scale} aria-hidden>
        <span>0 s</span>
        {scale.to - scale.from >= 100 && <span>{formatDuration((scale.to - scale.from) / 2)}</span>}
        <span>{formatDuration(scale.to - scale.from)}</span>
      </div>
      <div
        ref={list}
        role="listbox"
        aria-label="Steps of this run"
        aria-activedescendant={optionId(selected)}
        tabIndex={0}
        className={classes.list}
        onKeyDown={move}
      >
        <Row
          id={wholeRun}
          selected={selected === wholeRun}
          onSelect={open}
          status={state.status}
          name="Whole run"
          icon={<IconRoute size={14} aria-hidden />}
          kind={`${run.steps.length} ${run.steps.length === 1 ? 'step' : 'steps'}`}
          duration={state.startedAt ? scale.to - Date.parse(state.startedAt) : null}
          usage={totalUsage(state)}
        >
          <Waterfall
            scale={scale}
            readyAt={from}
            attempts={state.startedAt ? [{ number: 1, startedAt: state.startedAt, endedAt: state.finishedAt, outcome: outcomeOf(state.status), waits: [] }] : []}
            retryAt={null}
            now={now}
          />
        </Row>
        {run.steps.map((step) => (
          <StepRow
            key={step.key}
            step={step}
            state={state.steps[step.key] ?? pendingStep}
            readyAt={readySince(run, state, step.key)}
            scale={scale}
            now={now}
            selected={selected === step.key}
            onSelect={open}
          />
        ))}
      </div>
    </div>
  );
}

function targetOf(pressed: string, keys: readonly string[], selected: string): string | undefined {
  const at = keys.indexOf(selected);
  if (pressed === 'ArrowDown') return keys[Math.min(at + 1, keys.length - 1)];
  if (pressed === 'ArrowUp') return keys[Math.max(at - 1, 0)];
  if (pressed === 'Home') return keys[0];
  return pressed === 'End' ? keys.at(-1) : undefined;
}

const waits: Record<string, string> = {
  CHILDREN: 'Waits for the runs that it started',
  APPROVAL: 'Waits for an approval',
  RATE_LIMIT: 'Waits for its turn at the provider',
  UNKNOWN_OUTCOME: 'Nobody knows whether its call happened; it waits for a decision',
};

const waitWords = (reason: string) => waits[reason] ?? 'Waits';

const outcomeOf = (status: ExecutionStatus) => (status === 'COMPLETED' || status === 'FAILED' || status === 'CANCELLED' ? status : 'RUNNING');

interface StepRowProps {
  step: RunStep;
  state: StepState;
  readyAt: number | undefined;
  scale: { from: number; to: number };
  now: number;
  selected: boolean;
  onSelect: (key: string) => void;
}

function StepRow({ step, state, readyAt, scale, now, selected, onSelect }: StepRowProps) {
  const first = state.attempts[0];
  const last = state.attempts.at(-1);
  const end = last?.endedAt ? Date.parse(last.endedAt) : now;
  const duration = first ? Math.max(0, (state.status === 'WAITING' ? now : end) - Date.parse(first.startedAt)) : null;
  return (
    <Row
      id={step.key}
      selected={selected}
      onSelect={onSelect}
      status={state.status}
      name={step.name}
      icon={<StepTypeIcon type={step.type} />}
      kind={state.model ?? step.model ?? stepTypeLooks[step.type].label}
      simulated={state.simulated}
      attempt={state.attempt}
      note={step.reused ? 'Taken over from the run that this one repeats' : noteOf(state, now)}
      duration={duration}
      usage={state.usage}
    >
      <Waterfall scale={scale} readyAt={readyAt} attempts={state.attempts} retryAt={state.retryAt} now={now} />
    </Row>
  );
}

function noteOf(state: StepState, now: number): string | null {
  if (state.status !== 'WAITING') return state.status === 'FAILED' ? (state.error?.message ?? null) : null;
  if (state.waitsFor === 'APPROVAL' && state.retryAt) return `${waitWords(state.waitsFor)}, ${formatDuration(Math.max(0, Date.parse(state.retryAt) - now))} left`;
  const verb = state.waitsFor === null ? 'Tries again' : 'Goes on';
  if (!state.retryAt) return state.waitsFor === null ? `${verb} soon` : waitWords(state.waitsFor);
  const left = Date.parse(state.retryAt) - now;
  return left > 0 ? `${verb} in ${formatDuration(Math.ceil(left / 100) * 100)}` : `${verb} now`;
}

interface RowProps {
  id: string;
  selected: boolean;
  onSelect: (key: string) => void;
  status: ExecutionStatus | StepStatus;
  name: string;
  icon: ReactNode;
  kind: string;
  simulated?: boolean;
  attempt?: number;
  note?: string | null;
  duration: number | null;
  usage: Usage;
  children: ReactNode;
}

function Row({ id, selected, onSelect, status, name, icon, kind, simulated, attempt = 1, note, duration, usage, children }: RowProps) {
  const tokens = usage.inputTokens + usage.outputTokens;
  return (
    <div role="option" id={optionId(id)} aria-selected={selected} className={classes.row} onClick={() => onSelect(id)}>
      <span className={classes.state} data-tone={statusTone(status)} title={statusWord(status)}>
        <StatusIcon status={status} size={18} />
      </span>
      <span className={classes.name} title={name}>{name}</span>
      <span className={classes.duration}>{duration === null ? statusWord(status) : formatDuration(duration)}</span>
      <div className={classes.facts}>
        {duration !== null && <span className={classes.word} data-tone={statusTone(status)}>{statusWord(status)}</span>}
        <span className={classes.kind} title={kind}>{icon}<span>{kind}</span></span>
        {simulated && <SimulatedMark quiet />}
        {attempt > 1 && <span className={classes.fact}>Attempt {attempt}</span>}
        {tokens > 0 && <span className={classes.fact}><IconBolt size={12} aria-hidden />{formatTokens(tokens)}</span>}
      </div>
      {note && <div className={classes.note} data-tone={statusTone(status)}>{note}</div>}
      {children}
    </div>
  );
}

const optionId = (key: string) => `run-step-${key}`;
