import { IconArrowRight, IconTag, IconX } from '@tabler/icons-react';
import { RelativeTime } from '../../../../ui/relative-time';
import { SkeletonRows } from '../../../../ui/states';
import type { LabelMove, LabelMoves } from './label.operations';
import classes from './labels.module.css';

/** Where a label has been, newest first. */
export function LabelHistory({ name, moves, problem }: { name: string; moves: LabelMoves | undefined; problem: string | null }) {
  if (problem && !moves) return <p className={classes.failure} role="alert">{problem}</p>;
  if (!moves) return <SkeletonRows rows={2} height={28} />;
  return (
    <ol className={classes.moves} aria-label={`Moves of ${name}`}>
      {moves.edges.map(({ node }) => <li key={node.id}><Move move={node} /></li>)}
      {moves.pageInfo.hasNextPage && <li className={classes.older}>Older moves are kept too; the API lists them.</li>}
    </ol>
  );
}

function Move({ move: { from, to, by, at, originalMover } }: { move: LabelMove }) {
  return (
    <>
      <span className={classes.moveVersions}>
        {from ? <span>{from.version}</span> : <><IconTag size={12} aria-hidden /><span>made</span></>}
        <IconArrowRight size={12} aria-label="to" />
        {to ? <strong>{to.version}</strong> : <><IconX size={12} aria-hidden /><span>removed</span></>}
      </span>
      <span className={classes.moveBy}>{originalMover ?? by.name}, <RelativeTime time={at} /></span>
    </>
  );
}
