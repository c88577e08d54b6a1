import { Progress } from '@mantine/core';
import { formatCost, formatDuration } from '../../../ui/format';
import { changeInWords } from '../compare/change-in-words';
import type { Replay } from './replay.operations';
import classes from './replay.module.css';

/** How far a replay is, and what the branch has changed so far. */
export function ReplaySummary({ replay: { summary } }: { replay: Replay }) {
  const { total, completed, failed, cancelled, compared, changedOutputs } = summary;
  const ended = completed + failed + cancelled;
  const aside = [failed > 0 && `${failed} failed`, cancelled > 0 && `${cancelled} cancelled`].filter(Boolean).join(', ');
  return (
    <section aria-label="Summary">
      <Progress value={(ended / total) * 100} size="sm" aria-label={`${ended} of ${total} runs have ended`} className={classes.progress} />
      <dl className={classes.tiles}>
        <Tile name="Ended" value={`${ended} of ${total}`} aside={aside} />
        <Tile name="Outputs changed" value={compared === 0 ? '—' : `${changedOutputs} of ${compared}`} aside={compared === 0 ? 'no pair has completed yet' : 'of pairs that completed'} />
        <Tile name="Median duration" {...fromTo(summary.baseP50Ms, summary.p50Ms, formatDuration)} />
        <Tile name="Cost" {...fromTo(summary.baseCostUsd, summary.costUsd, formatCost)} />
      </dl>
    </section>
  );
}

function Tile({ name, value, aside }: { name: string; value: string; aside: string }) {
  return (
    <div className={classes.tile}>
      <dt>{name}</dt>
      <dd className={classes.value}>{value}</dd>
      <dd className={classes.aside}>{aside}</dd>
    </div>
  );
}

/** How it was, how it is on the branch, and the difference. */
function fromTo(before: number | null | undefined, after: number | null | undefined, format: (value: number) => string): { value: string; aside: string } {
  const word = (value: number | null | undefined) => (typeof value === 'number' ? format(value) : '—');
  return { value: typeof after === 'number' ? word(after) : '—', aside: typeof before === 'number' ? `${word(before)} before${differenceAside(before, after)}` : 'not known' };
}

function differenceAside(before: number, after: number | null | undefined): string {
  const words = changeInWords(before, after);
  return words ? `, ${words}` : '';
}
