import { FieldDiffs } from '../../prompts/history/diff/field-diffs';
import { LineRows } from '../../prompts/history/diff/line-rows';
import type { ValueDifference as Difference } from './compare.operations';
import classes from './compare.module.css';

/** How one value became another: line by line of a text, place by place of JSON. */
export function ValueDifference({ difference, same }: { difference: Difference; /** What is said where nothing differs. */ same: string }) {
  const { change, lines, fields, truncated } = difference;
  if (change === 'UNCHANGED') return <p className={classes.quiet}>{same}</p>;
  return (
    <div className={classes.difference}>
      {lines.length > 0 && <div className={classes.lines}><LineRows lines={lines} /></div>}
      {fields.length > 0 && <FieldDiffs section="value" fields={fields} isPart={change !== 'CHANGED'} />}
      {truncated && <p className={classes.quiet}>{fields.length > 0 ? 'They differ in more places than are shown here.' : 'They differ, and are too long to be shown side by side. Open the runs to read them.'}</p>}
    </div>
  );
}
