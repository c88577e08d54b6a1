import { VisuallyHidden } from '@mantine/core';
import { IconFold } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { formatCount } from '../../../../ui/format';
import classes from './diff.module.css';
import { fold } from './fold';
import type { LineDiff } from './diff.operations';

const around = { context: 2, least: 3 };

/** Two texts line by line: side by side where there is room, else one below the other. */
export function LineRows({ lines, whole = false }: { lines: readonly LineDiff[]; /** Nothing is folded. */ whole?: boolean }) {
  const stretches = useMemo(() => fold(lines, ({ change }) => whole || change !== 'UNCHANGED', around), [lines, whole]);
  const [opened, setOpened] = useState<readonly number[]>([]);
  return (
    <div className={classes.lines}>
      {stretches.map(({ folded, start, items }) =>
        folded && !opened.includes(start) ? (
          <FoldedRow key={start} what={formatCount(items.length, 'unchanged line')} onOpen={() => setOpened((before) => [...before, start])} />
        ) : (
          items.map((line, index) => <LineRow key={start + index} line={line} />)
        ),
      )}
    </div>
  );
}

/** Stands where something unchanged is folded away. */
export function FoldedRow({ what, onOpen }: { what: string; onOpen: () => void }) {
  return (
    <button type="button" className={classes.fold} onClick={onOpen}>
      <IconFold size={14} aria-hidden />
      Show {what}
    </button>
  );
}

function LineRow({ line: { change, before, after, lineBefore, lineAfter } }: { line: LineDiff }) {
  return (
    <div className={classes.row} data-change={change}>
      <Side side="before" number={lineBefore} spans={before} marked={change === 'REMOVED' || change === 'CHANGED'} />
      <Side side="after" number={lineAfter} spans={after} marked={change === 'ADDED' || change === 'CHANGED'} />
    </div>
  );
}

interface SideProps {
  side: 'before' | 'after';
  number: number | null | undefined;
  spans: LineDiff['before'];
  marked: boolean;
}

function Side({ side, number, spans, marked }: SideProps) {
  if (!spans) return <div className={classes.side} data-side={side} data-empty aria-hidden />;
  const Word = side === 'before' ? 'del' : 'ins';
  return (
    <div className={classes.side} data-side={side} data-marked={marked || undefined}>
      <span className={classes.number} aria-hidden>{number}</span>
      <span className={classes.sign} aria-hidden>{marked && (side === 'before' ? '−' : '+')}</span>
      <span className={classes.text}>
        {marked && <VisuallyHidden>{side === 'before' ? 'Removed: ' : 'Added: '}</VisuallyHidden>}
        {spans.map(({ text, changed }, index) => (changed && marked ? <Word key={index}>{text}</Word> : <span key={index}>{text}</span>))}
        {spans.every(({ text }) => text === '') && '\u200b'}
      </span>
    </div>
  );
}
