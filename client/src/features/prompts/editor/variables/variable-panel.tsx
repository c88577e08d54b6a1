import { VisuallyHidden } from '@mantine/core';
import { memo, useState } from 'react';
import type { DraftVariable } from '../prompt-draft';
import { VariableItem } from './variable-item';
import { type VariablePlace, type VariableRow } from './variable-rows';
import classes from './variables.module.css';

export interface VariableEdits {
  onChange: (variable: DraftVariable) => void;
  onRemove: (variable: DraftVariable) => void;
  /** @returns why it can't be renamed so */
  onRename: (from: string, to: string) => Promise<string | undefined>;
}

interface VariablePanelProps {
  /** Undefined until they are known. */
  rows: readonly VariableRow[] | undefined;
  /** Absent: for reading only. */
  edits?: VariableEdits | undefined;
  /** By name, then by field: what the server finds wrong. */
  errors: ReadonlyMap<string, Record<string, string>>;
  onGoTo: (place: VariablePlace) => void;
}

/** What whoever uses the prompt has to give, found as it is written. Drawn anew only when something of it changes: there may be hundreds. */
export const VariablePanel = memo(function VariablePanel({ rows, edits, errors, onGoTo }: VariablePanelProps) {
  const [opened, setOpened] = useState<string>();
  const [renamed, setRenamed] = useState<ReadonlyMap<string, string>>(new Map());
  const [announcement, setAnnouncement] = useState('');
  if (!rows) return null;
  if (rows.length === 0) {
    return (
      <p className={classes.hint}>
        None yet. Write <code>{'{{ name }}'}</code> where a value belongs{edits && ', or select text and turn it into a variable'}.
      </p>
    );
  }
  const names = new Set(rows.map(({ variable }) => variable.name));
  // What was renamed goes on as the same item, from when its old name is found nowhere any more.
  const keyOf = (name: string): string => {
    const before = renamed.get(name);
    return before === undefined || names.has(before) ? name : before;
  };
  return (
    <>
      <VisuallyHidden aria-live="polite">{announcement}</VisuallyHidden>
      <ul className={classes.list} aria-label="Variables">
        {rows.map((row) => {
          const { name } = row.variable;
          const key = keyOf(name);
          return (
            <VariableItem
              key={key}
              row={row}
              opened={opened === key}
              onToggle={() => setOpened(opened === key ? undefined : key)}
              errors={errors.get(name) ?? {}}
              onGoTo={onGoTo}
              edits={edits && {
                ...edits,
                onRename: async (from, to) => {
                  const problem = await edits.onRename(from, to);
                  if (problem === undefined) {
                    setRenamed((current) => new Map([...current].filter(([, before]) => before !== key)).set(to, key));
                    setAnnouncement(`Renamed to ${to}, wherever it is used.`);
                  }
                  return problem;
                },
              }}
            />
          );
        })}
      </ul>
    </>
  );
});
