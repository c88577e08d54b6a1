import { Button, Kbd } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconPencil } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { StatusBadge } from '../../../../ui/status-badge';
import { messageInWords, sideInWords, titleOf, wordsAgainst } from './conflict-words';
import classes from './merge.module.css';
import type { Conflict, MergePreview, Side } from './merge.operations';
import { OwnResultForm } from './own-result-form';
import type { Resolution } from './resolutions';

export interface SideNames {
  base: string;
  ours: string;
  theirs: string;
}

interface ConflictCardProps {
  conflict: Conflict;
  names: SideNames;
  messages: MergePreview['base']['messages'];
  resolution: Resolution | undefined;
  onResolve: (resolution: Resolution) => void;
  /** Takes the focus when it appears. */
  focus: boolean;
}

const sides = [
  { side: 'BASE', value: 'base', key: '1' },
  { side: 'OURS', value: 'ours', key: '2' },
  { side: 'THEIRS', value: 'theirs', key: '3' },
] as const;

/** One thing that both sides changed differently: what it was, what each made of it, and the choice between them. */
export function ConflictCard({ conflict, names, messages, resolution, onResolve, focus }: ConflictCardProps) {
  const [editing, setEditing] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const shouldFocus = useEffectEvent(() => focus);
  useEffect(() => {
    if (shouldFocus()) heading.current?.focus();
  }, []);
  const take = (side: Exclude<Side, 'CUSTOM'>) => {
    setEditing(false);
    onResolve({ take: side });
  };
  useChoiceKeys((key) => {
    const chosen = sides.find((each) => each.key === key);
    if (chosen) take(chosen.side);
    else if (key === 'e') setEditing(true);
  });

  const textOf = (value: unknown) => sideInWords(conflict, value, messages);
  const own = resolution?.take === 'CUSTOM' ? textOf(resolution.value) : null;
  return (
    <section className={classes.conflict} aria-labelledby="conflict-title">
      <header className={classes.conflictHead}>
        <h3 id="conflict-title" ref={heading} tabIndex={-1} className={classes.conflictTitle}>{titleOf(conflict)}</h3>
        {resolution
          ? <StatusBadge tone="success" icon={<IconCheck size={14} />} label={resolution.take === 'CUSTOM' ? 'Own result' : `Takes ${names[resolution.take === 'BASE' ? 'base' : resolution.take === 'OURS' ? 'ours' : 'theirs']}`} />
          : <StatusBadge tone="warning" icon={<IconCircleDashed size={14} />} label="Open" />}
      </header>
      <div className={classes.threeSides}>
        {sides.map(({ side, value, key }) => (
          <div key={side} className={classes.side} data-taken={resolution?.take === side || undefined}>
            <div className={classes.sideName}>
              <span title={names[value]}>{side === 'BASE' ? `Before, ${names.base}` : names[value]}</span>
            </div>
            <SideText text={textOf(conflict[value])} base={side === 'BASE' ? undefined : textOf(conflict.base)} around={conflict} />
            <Button
              size="compact-sm"
              variant={resolution?.take === side ? 'filled' : 'default'}
              leftSection={resolution?.take === side ? <IconCheck size={14} /> : undefined}
              rightSection={<Kbd size="xs" className={classes.key} aria-hidden>{key}</Kbd>}
              aria-pressed={resolution?.take === side}
              aria-keyshortcuts={key}
              onClick={() => take(side)}
            >
              {side === 'BASE' ? 'Leave as before' : 'Take this'}
            </Button>
          </div>
        ))}
      </div>
      <div className={classes.own}>
        {editing ? (
          <OwnResultForm
            conflict={conflict}
            initial={resolution?.take === 'CUSTOM' ? resolution.value : (conflict.theirs ?? conflict.ours ?? conflict.base)}
            messageName={(id) => messageInWords(id, messages)}
            onUse={(value) => {
              setEditing(false);
              onResolve({ take: 'CUSTOM', value });
            }}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <>
            {own !== null && <div className={classes.side} data-taken><div className={classes.sideName}>Your own result</div><SideText text={own} base={textOf(conflict.base)} around={conflict} /></div>}
            <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconPencil size={14} />} rightSection={<Kbd size="xs" className={classes.key} aria-hidden>E</Kbd>} onClick={() => setEditing(true)}>
              {own === null ? 'Write a result of your own' : 'Change it'}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}

interface SideTextProps {
  text: string | null;
  /** Absent for the base itself; null where the base has nothing. */
  base?: string | null | undefined;
  /** What stands before and after it on its line. */
  around: Pick<Conflict, 'leading' | 'trailing'>;
}

function SideText({ text, base, around: { leading, trailing } }: SideTextProps) {
  if (text === null) return <p className={classes.nothing}>{base === null || base === undefined ? 'Not there' : 'Removed'}</p>;
  if (text === '' && !leading && !trailing) return <p className={classes.nothing}>Empty</p>;
  const words = base === undefined ? [{ text, changed: false }] : wordsAgainst(base, text);
  return (
    <div className={classes.text}>
      {leading && <span className={classes.around}>{leading}</span>}
      {text === '' && <span className={classes.gone}>nothing</span>}
      {words.map(({ text: part, changed }, index) => (changed ? <ins key={index}>{part}</ins> : <span key={index}>{part}</span>))}
      {trailing && <span className={classes.around}>{trailing}</span>}
    </div>
  );
}

/** Keys of their own, wherever the focus is on the page, but for where somebody types. */
export function useChoiceKeys(onKey: (key: string) => void): void {
  const pressed = useEffectEvent(onKey);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable=true], [role=menu], [role=dialog], [role=listbox]')) return;
      pressed(event.key.toLowerCase());
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
