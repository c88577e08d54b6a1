import { IconArrowUp, IconChevronUp, IconPoint } from '@tabler/icons-react';
import { StatusBadge, type Tone } from '../../../../ui/status-badge';
import classes from './diff.module.css';
import type { Bump, ContractChange } from './diff.operations';
import { InlineCode } from './inline-code';

const looks: Record<Bump, { tone: Tone; label: string; icon: typeof IconPoint; meaning: string }> = {
  MAJOR: { tone: 'danger', label: 'Major', icon: IconArrowUp, meaning: 'Whoever uses it has to change something.' },
  MINOR: { tone: 'info', label: 'Minor', icon: IconChevronUp, meaning: 'Whoever uses it can go on as before.' },
  PATCH: { tone: 'neutral', label: 'Patch', icon: IconPoint, meaning: 'The contract is the same.' },
};

/** What a change asks of the version number. */
export function BumpMark({ bump, quiet = false }: { bump: Bump; quiet?: boolean }) {
  const { tone, label, icon: Icon, meaning } = looks[bump];
  return <StatusBadge tone={tone} icon={<Icon size={14} />} label={label} quiet={quiet} title={meaning} />;
}

/** How the contract differs, in words, the gravest first. */
export function ContractChanges({ changes }: { changes: readonly ContractChange[] }) {
  if (changes.length === 0) return <p className={classes.none}>The variables and the output stay as they are for whoever uses the prompt.</p>;
  return (
    <ul className={classes.contract}>
      {[...changes].sort((one, other) => rank(other.bump) - rank(one.bump)).map(({ bump, message }) => (
        <li key={message}>
          <BumpMark bump={bump} quiet />
          <span><InlineCode>{message}</InlineCode></span>
        </li>
      ))}
    </ul>
  );
}

const rank = (bump: Bump): number => ['PATCH', 'MINOR', 'MAJOR'].indexOf(bump);
