import { Button, Kbd, Progress } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useState } from 'react';
import { ConflictCard, useChoiceKeys, type SideNames } from './conflict-card';
import { titleOf } from './conflict-words';
import classes from './merge.module.css';
import type { Conflict, MergePreview } from './merge.operations';
import { nextOpen, resolvedCount, type Resolution, type Resolutions } from './resolutions';

interface ConflictListProps {
  conflicts: readonly Conflict[];
  names: SideNames;
  messages: MergePreview['base']['messages'];
  resolutions: Resolutions;
  onResolve: (id: string, resolution: Resolution) => void;
}

/** The conflicts one by one, with how many are decided. J and K, or the arrow keys, go through them. */
export function ConflictList({ conflicts, names, messages, resolutions, onResolve }: ConflictListProps) {
  const [place, setPlace] = useState(() => nextOpen(conflicts, resolutions, 0) ?? 0);
  const [moved, setMoved] = useState(false);
  const at = Math.min(place, conflicts.length - 1);
  const conflict = conflicts[at];
  const go = (to: number) => {
    setMoved(true);
    setPlace(Math.max(0, Math.min(conflicts.length - 1, to)));
  };
  useChoiceKeys((key) => {
    if (key === 'j' || key === 'arrowright') go(at + 1);
    if (key === 'k' || key === 'arrowleft') go(at - 1);
  });
  if (!conflict) return null;
  const resolved = resolvedCount(conflicts, resolutions);
  return (
    <section className={classes.conflicts} aria-label="Conflicts">
      <div className={classes.progress}>
        <strong aria-live="polite">{resolved} of {conflicts.length} resolved</strong>
        <Progress value={(resolved / conflicts.length) * 100} size="sm" aria-label="Conflicts resolved" className={classes.progressBar} color={resolved === conflicts.length ? 'green.7' : undefined} />
        {conflicts.length > 1 && <span className={classes.steps}>
          <Button size="compact-sm" variant="default" leftSection={<IconChevronLeft size={14} />} onClick={() => go(at - 1)} disabled={at === 0}>Previous <Kbd size="xs" ml={6} className={classes.key} aria-hidden>K</Kbd></Button>
          <Button size="compact-sm" variant="default" rightSection={<IconChevronRight size={14} />} onClick={() => go(at + 1)} disabled={at === conflicts.length - 1}>Next <Kbd size="xs" ml={6} className={classes.key} aria-hidden>J</Kbd></Button>
        </span>}
      </div>
      <div className={classes.panes}>
        {conflicts.length > 1 && (
          <ol className={classes.toc}>
            {conflicts.map((each, index) => (
              <li key={each.id}>
                <button type="button" className={classes.tocItem} aria-current={index === at ? 'step' : undefined} onClick={() => go(index)}>
                  {resolutions[each.id] ? <IconCircleCheck size={16} aria-label="Resolved" className={classes.done} /> : <IconCircleDashed size={16} aria-label="Open" className={classes.open} />}
                  <span>{titleOf(each)}</span>
                </button>
              </li>
            ))}
          </ol>
        )}
        <ConflictCard
          key={conflict.id}
          conflict={conflict}
          names={names}
          messages={messages}
          resolution={resolutions[conflict.id]}
          focus={moved}
          onResolve={(resolution) => onResolve(conflict.id, resolution)}
        />
      </div>
    </section>
  );
}
