import { IconAlertTriangle } from '@tabler/icons-react';
import { formatCount } from '../../ui/format';
import { Notice } from '../../ui/notice';
import type { Draft } from './draft';
import { nameOf, type Problem } from './draft-problems';
import { fieldId } from './editor-context';
import classes from './editor.module.css';

interface ProblemSummaryProps {
  draft: Draft;
  problems: readonly Problem[];
  /** What they stand in the way of. */
  what?: string;
  onGoTo: (anchor: string) => void;
}

/** All that stands in the way of something, of saving when nothing is said, each leading to its field. */
export function ProblemSummary({ draft, problems, what = 'Not saved yet', onGoTo }: ProblemSummaryProps) {
  if (problems.length === 0) return null;
  return (
    <Notice urgent tone="danger" icon={<IconAlertTriangle size={16} />} title={`${what}: ${formatCount(problems.length, 'thing')} to put right`}>
      <ul className={classes.problems}>
        {problems.map(({ anchor, message }) => (
          <li key={`${anchor} ${message}`}>
            <a
              href={`#${fieldId(anchor)}`}
              onClick={(event) => {
                event.preventDefault();
                onGoTo(anchor);
              }}
            >
              {whereIs(draft, anchor)}
            </a>{' '}
            {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function whereIs(draft: Draft, anchor: string): string {
  const [group, id] = anchor.split('.');
  if (group === 'steps' && id !== undefined) {
    const name = nameOf(draft, id);
    return `${name.charAt(0).toUpperCase()}${name.slice(1)}:`;
  }
  if (group === 'inputs') {
    const index = draft.inputs.findIndex((input) => input.id === id);
    return `Input ${draft.inputs[index]?.name.trim() || index + 1}:`;
  }
  return group === 'name' ? 'Name:' : group === 'description' ? 'Description:' : group === 'steps' ? 'Steps:' : 'Workflow:';
}
