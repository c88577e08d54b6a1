import { useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { branchesDocument } from '../branches/branch.operations';
import classes from './merge.module.css';

interface MergeHeaderProps {
  promptId: string;
  source: string | null;
  target: string;
  onChange: (source: string, target: string) => void;
}

/** Which branch goes into which. */
export function MergeHeader({ promptId, source, target, onChange }: MergeHeaderProps) {
  const { data } = useQuery(branchesDocument, { variables: { id: promptId, archived: false } });
  const names = data?.prompt.branches.map(({ name }) => name) ?? [source, target].filter((name) => name !== null);
  return (
    <div className={classes.header}>
      <h2 className={classes.title}>Merge</h2>
      <Select aria-label="Branch that is merged" size="xs" className={classes.branch} data={names.filter((name) => name !== target)} value={source} placeholder="Choose a branch" onChange={(name) => name && onChange(name, target)} allowDeselect={false} searchable={names.length > 8} />
      <IconArrowRight size={16} aria-label="into" className={classes.into} />
      <Select aria-label="Branch that it goes into" size="xs" className={classes.branch} data={names.filter((name) => name !== source)} value={target} onChange={(name) => name && onChange(source ?? '', name)} allowDeselect={false} searchable={names.length > 8} />
    </div>
  );
}
