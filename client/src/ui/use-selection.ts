import { useRef, useState } from 'react';
import { toggled } from './selection';

/** Which rows are ticked. Rows that are not shown any more are not. */
export function useSelection<Row extends { id: string }>(rows: readonly Row[]) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const ids = rows.map(({ id }) => id);
  const selected = rows.filter(({ id }) => ticked.has(id));
  return {
    selected,
    isSelected: (id: string) => ticked.has(id),
    toggle: (id: string, withRange: boolean) => {
      setTicked(toggled(ticked, ids, id, withRange ? last.current : undefined));
      last.current = id;
    },
    selectAll: () => setTicked(new Set(ids)),
    clear: () => setTicked(new Set()),
  };
}

export type Selection<Row extends { id: string }> = ReturnType<typeof useSelection<Row>>;
