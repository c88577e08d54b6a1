import type { ReactNode } from 'react';
import classes from './compare.module.css';

export interface SidesRow {
  name: string;
  /** Nothing: that side has none. */
  sides: readonly [before: ReactNode, after: ReactNode];
  difference?: string;
}

interface SideBySideProps {
  /** For assistive technology: what is compared. */
  label: string;
  heads?: readonly [ReactNode, ReactNode];
  rows: readonly SidesRow[];
}

/** Facts of two sides, and how they differ. What neither side has is left out. */
export function SideBySide({ label, heads = ['Base', 'Other'], rows }: SideBySideProps) {
  const known = rows.filter(({ sides }) => sides.some((side) => side !== null && side !== undefined && side !== ''));
  return (
    <table className={classes.facts} aria-label={label}>
      <thead>
        <tr>
          <th scope="col"><span className={classes.hidden}>Fact</span></th>
          <th scope="col">{heads[0]}</th>
          <th scope="col">{heads[1]}</th>
          <th scope="col">Difference</th>
        </tr>
      </thead>
      <tbody>
        {known.map(({ name, sides: [before, after], difference }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{before ?? '—'}</td>
            <td>{after ?? '—'}</td>
            <td className={classes.quiet}>{difference}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
