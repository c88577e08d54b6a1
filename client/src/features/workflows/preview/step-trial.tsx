import { Button, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconCoin, IconPin, IconPinnedOff, IconPlayerSkipForward, IconRefresh, IconWorldUp } from '@tabler/icons-react';
import { useState } from 'react';
import { formatCost, formatTokens } from '../../../ui/format';
import { StatusIcon, statusTone, statusWord } from '../../../ui/run-status';
import { TickingDuration } from '../../../ui/ticking-duration';
import type { StepState } from '../../executions/run-state';
import { ValueView } from '../../executions/value-view';
import { impliedBefore, type Draft, type DraftStep } from '../draft';
import { useEditor } from '../editor-context';
import editorClasses from '../editor.module.css';
import preview from './preview.module.css';
import { effectOf, effectWords } from './step-effect';
import { isUnderWay } from './trial';
import { useTrials, type TrialSession } from './trial-context';

/** On the card of a step: what came of trying it, and ways to try it again. */
export function StepTrialStrip({ step }: { step: DraftStep }) {
  const session = useTrials();
  const { draft, depth } = useEditor();
  // Steps within a MAP are tried with it.
  if (!session || depth > 0) return null;
  return <Strip step={step} draft={draft} session={session} />;
}

function Strip({ step, draft, session }: { step: DraftStep; draft: Draft; session: TrialSession }) {
  const { trials, pins, changed, start, pin, unpin } = session;
  const key = step.key.trim();
  const called = step.name.trim() || key;
  const state = trials.steps[key]?.state;
  const pinned = key in pins;
  const busy = isUnderWay(trials) || key === '';
  const mayAlone = lacking(draft, step, session).length === 0;
  return (
    <div className={preview.strip}>
      <div className={preview.line}>
        {pinned ? <span className={preview.pinned}><IconPin size={14} aria-hidden /> Pinned: gives this output without being run</span> : <Outcome state={state} />}
        {!pinned && <Effect step={step} />}
        {state && !pinned && changed.has(key) && <span className={preview.changed}>Changed since</span>}
        <span className={preview.actions}>
          <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconPlayerSkipForward size={14} />} disabled={busy} aria-label={`Run to ${called}`} onClick={() => start({ kind: 'to', stepKey: key })}>
            Run to here
          </Button>
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<IconRefresh size={14} />}
            disabled={busy || !mayAlone}
            title={mayAlone ? undefined : 'Run to here first: it needs what the steps before it give.'}
            aria-label={`Run only ${called}`}
            onClick={() => start({ kind: 'only', stepKey: key })}
          >
            Run only this
          </Button>
          {pinned ? (
            <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconPinnedOff size={14} />} aria-label={`Unpin the output of ${called}`} onClick={() => unpin(key)}>Unpin</Button>
          ) : (
            state?.status === 'COMPLETED' && (
              <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconPin size={14} />} aria-label={`Pin the output of ${called}`} onClick={() => pin(key, state.output)}>Pin output</Button>
            )
          )}
        </span>
      </div>
      {!pinned && state?.error && state.status !== 'COMPLETED' && <p className={preview.error}>{state.error.message}</p>}
      {!pinned && state?.logs.map(({ seq, message }) => <p key={seq} className={preview.log}>{message}</p>)}
      <Output called={called} value={pinned ? pins[key] : outputOf(state)} growing={!pinned && state?.status === 'RUNNING'} />
    </div>
  );
}

function Outcome({ state }: { state: StepState | undefined }) {
  if (!state) return <span className={preview.untried}>Not tried yet</span>;
  const { status, attempts, attempt, usage, costUsd } = state;
  const first = attempts[0];
  const tokens = usage.inputTokens + usage.outputTokens;
  return (
    <>
      <span className={preview.status} data-tone={statusTone(status)}><StatusIcon status={status} /> {statusWord(status)}</span>
      {first && <TickingDuration from={first.startedAt} to={status === 'WAITING' ? null : (attempts.at(-1)?.endedAt ?? null)} />}
      {attempt > 1 && <span>Attempt {attempt}</span>}
      {tokens > 0 && <span>{formatTokens(tokens)}</span>}
      {costUsd !== null && <span>{formatCost(costUsd)}</span>}
    </>
  );
}

function Effect({ step }: { step: DraftStep }) {
  const effect = effectOf(step);
  if (!effect) return null;
  return (
    <span className={preview.effect} title={effect === 'call' ? 'Trying it sends the request, as a run would.' : 'Trying it costs what the model costs. Pin its output to save that.'}>
      {effect === 'call' ? <IconWorldUp size={14} aria-hidden /> : <IconCoin size={14} aria-hidden />} {effectWords[effect].label}
    </span>
  );
}

function Output({ called, value, growing }: { called: string; value: unknown; growing: boolean }) {
  const [opened, setOpened] = useState(false);
  if (value === undefined) return null;
  return (
    <div>
      <UnstyledButton className={`${editorClasses.more} ${preview.toggle}`} aria-expanded={opened} aria-label={`Output of ${called}`} onClick={() => setOpened(!opened)}>
        <IconChevronRight size={14} data-opened={opened || undefined} aria-hidden />
        Output
        {!opened && <span className={`${editorClasses.moreSummary} ${preview.excerpt}`}>{excerpt(value, growing)}</span>}
      </UnstyledButton>
      {opened && <div className={preview.output}><ValueView what={`output of ${called}`} fileName={called} value={value} growing={growing} /></div>}
    </div>
  );
}

const excerptLength = 160;

/** A line of it: its end while more is coming. */
function excerpt(value: unknown, growing: boolean): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const part = growing ? text.slice(-excerptLength) : text.slice(0, excerptLength);
  return part.replace(/\s+/g, ' ').trim() || 'Empty text';
}

/** Undefined where nothing of it has come yet. */
function outputOf(state: StepState | undefined): unknown {
  return state?.status === 'COMPLETED' ? state.output : state?.text || undefined;
}

/** Keys of the steps before it that neither gave an output yet nor are pinned. */
function lacking(draft: Draft, step: DraftStep, { trials, pins }: TrialSession): string[] {
  const needed = new Set([...impliedBefore(draft, step), ...step.after]);
  return draft.steps
    .filter(({ id }) => needed.has(id))
    .map(({ key }) => key.trim())
    .filter((key) => !(key in pins) && !['COMPLETED', 'SKIPPED'].includes(trials.steps[key]?.state.status ?? ''));
}
