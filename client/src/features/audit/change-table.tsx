import { VisuallyHidden } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import classes from './audit.module.css';
import { changesOf } from './changes';

/** What was different before and after, a row for each thing; added and removed told by a sign as well as by colour. */
export function ChangeTable({ before, after }: { before: unknown; after: unknown }) {
  const changes = changesOf(before, after);
  if (changes.length === 0) return <p className={classes.about}>Nothing that the log tells of was different afterwards.</p>;
  return (
    <table className={classes.changes} aria-label="What changed">
      <tbody>
        {changes.map(({ path, before: was, after: is }) => (
          <tr key={path}>
            <th scope="row">{path}</th>
            <td>
              {was !== undefined && <Side sign="minus" text={was} />}
              {is !== undefined && <Side sign="plus" text={is} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Side({ sign, text }: { sign: 'minus' | 'plus'; text: string }) {
  const Icon = sign === 'minus' ? IconMinus : IconPlus;
  return (
    <div className={classes.side} data-sign={sign}>
      <Icon size={14} aria-hidden />
      <VisuallyHidden>{sign === 'minus' ? 'Before: ' : 'After: '}</VisuallyHidden>
      <span>{text}</span>
    </div>
  );
}
