import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { formatCost, formatDuration, formatTokens } from '../../../ui/format';
import { RunStatus } from '../../../ui/run-status';
import { ChangeMark } from '../../prompts/history/diff/change-mark';
import { changeInWords } from './change-in-words';
import type { ComparedStep, StepPair } from './compare.operations';
import classes from './compare.module.css';
import { SideBySide, type SidesRow } from './side-by-side';
import { ValueDifference } from './value-difference';

/** One step of two runs: how it went in each, what each used, and how the outputs differ. */
export function StepPairCard({ pair: { key, name, base, other, output } }: { pair: StepPair }) {
  return (
    <section className={classes.card} aria-label={name}>
      <header className={classes.cardHead}>
        <h3 className={classes.stepName}>{name}</h3>
        <code className={classes.key}>{key}</code>
        <ChangeMark change={output.change} quiet />
      </header>
      <SideBySide label={`What ${name} took`} rows={rowsOf(base, other)} />
      <div className={classes.cardBody}>
        <ValueDifference difference={output} same={hasOutput(base) || hasOutput(other) ? 'The outputs are the same.' : 'Neither has an output.'} />
      </div>
    </section>
  );
}

/** Whether there is anything that tells the two apart, times and costs aside. */
export function differs({ base, other, output }: StepPair): boolean {
  return output.change !== 'UNCHANGED' || base?.status !== other?.status || base?.model !== other?.model || base?.promptVersion?.id !== other?.promptVersion?.id;
}

const hasOutput = (step: StepPair['base']): boolean => step?.status === 'COMPLETED';

function rowsOf(base: StepPair['base'], other: StepPair['other']): SidesRow[] {
  const sides = (read: (step: ComparedStep) => ReactNode): [ReactNode, ReactNode] => [base ? read(base) : 'No such step', other ? read(other) : 'No such step'];
  const number = (read: (step: ComparedStep) => number | null | undefined, format: (value: number) => string): Pick<SidesRow, 'sides' | 'difference'> => {
    const [before, after] = [base && read(base), other && read(other)];
    return { sides: [typeof before === 'number' ? format(before) : null, typeof after === 'number' ? format(after) : null], difference: changeInWords(before, after) };
  };
  return [
    { name: 'Status', sides: sides(({ status, reused }) => <><RunStatus status={status} quiet />{reused && ' taken over'}</>) },
    { name: 'Failure', sides: [base?.error?.message, other?.error?.message] },
    { name: 'Prompt', sides: [promptOf(base), promptOf(other)] },
    { name: 'Model', sides: [base?.model, other?.model] },
    { name: 'Duration', ...number(({ durationMs }) => durationMs, formatDuration) },
    { name: 'Tokens', ...number(tokensOf, formatTokens) },
    { name: 'Cost', ...number(({ costUsd }) => costUsd, formatCost) },
  ];
}

function promptOf(step: StepPair['base']): ReactNode {
  const version = step?.promptVersion;
  return version && <Anchor component={Link} to={`/prompts/${version.prompt.id}`} inherit>{version.prompt.name} {version.version}</Anchor>;
}

function tokensOf({ usage }: ComparedStep): number | null {
  return usage.inputTokens + usage.outputTokens || null;
}
