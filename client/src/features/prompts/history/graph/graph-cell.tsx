import classes from './graph.module.css';
import type { GraphRow } from './graph-layout';

interface GraphCellProps {
  row: GraphRow;
  lanes: number;
  laneWidth: number;
  height: number;
  isMerge: boolean;
}

/** One row of the picture: the lines that run by, and the version with those that come and go. */
export function GraphCell({ row, lanes, laneWidth, height, isMerge }: GraphCellProps) {
  const x = (lane: number) => lane * laneWidth + laneWidth / 2 + 2;
  const middle = height / 2;
  return (
    <svg className={classes.cell} width={lanes * laneWidth + 4} height={height} aria-hidden focusable="false">
      {row.lines.map(({ kind, lane, colour }, index) => (
        <path key={index} d={pathOf(kind, x(lane), x(row.lane), middle, height)} data-colour={colour} className={classes.line} />
      ))}
      <circle cx={x(row.lane)} cy={middle} r={isMerge ? 5 : 4.5} data-colour={row.colour} data-merge={isMerge || undefined} className={classes.dot} />
    </svg>
  );
}

function pathOf(kind: 'in' | 'out' | 'pass', lane: number, own: number, middle: number, height: number): string {
  if (kind === 'pass') return `M${lane} 0V${height}`;
  if (kind === 'in') return lane === own ? `M${own} 0V${middle}` : `M${lane} 0C${lane} ${middle * 0.7} ${own} ${middle * 0.3} ${own} ${middle}`;
  return lane === own ? `M${own} ${middle}V${height}` : `M${own} ${middle}C${own} ${middle * 1.7} ${lane} ${middle * 1.3} ${lane} ${height}`;
}
