import { SegmentedControl } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { Bump, ContractChange } from '../diff/diff.operations';
import { ContractChanges } from '../diff/contract-changes';
import { bumpNames, bumps, raisedBump } from './bumps';
import classes from './commit.module.css';

interface BumpControlProps {
  /** The version that it is made on. */
  from: string;
  /** The number that it has with the derived bump. */
  version: string;
  /** And with each greater one. */
  raised: readonly { bump: Bump; version: string }[];
  derived: Bump;
  chosen: Bump | null;
  onChoose: (bump: Bump) => void;
  contract: readonly ContractChange[];
}

/** The number of the next version and why it is this one; it can be raised. */
export function BumpControl({ from, version, raised, derived, chosen, onChoose, contract }: BumpControlProps) {
  const bump = raisedBump(derived, chosen);
  return (
    <section className={classes.bump} aria-label="Version number">
      <div className={classes.bumpTop}>
        <span className={classes.number}>
          {from}<IconArrowRight size={14} aria-label="becomes" />
          <strong>{raised.find((each) => each.bump === bump)?.version ?? version}</strong>
        </span>
        <SegmentedControl
          size="xs"
          aria-label="Kind of version"
          value={bump}
          onChange={(value) => onChoose(bumps.find((each) => each === value) ?? derived)}
          data={bumps.map((value) => ({ value, label: bumpNames[value], disabled: bumps.indexOf(value) < bumps.indexOf(derived) }))}
        />
      </div>
      <ContractChanges changes={contract} />
    </section>
  );
}
