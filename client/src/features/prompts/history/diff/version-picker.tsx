import { Select } from '@mantine/core';
import type { Version } from '../versions/version.operations';
import classes from './compare.module.css';

interface VersionPickerProps {
  label: string;
  versions: readonly Version[];
  value: string;
  onChange: (id: string) => void;
  /** Offered on top, as `draft`. */
  draft?: string | undefined;
  disabled?: boolean;
}

/** One side of a comparison: found by number, message, label or branch. */
export function VersionPicker({ label, versions, value, onChange, draft, disabled = false }: VersionPickerProps) {
  const byId = new Map(versions.map((version) => [version.id, version]));
  return (
    <Select
      aria-label={label}
      data={[...(draft ? [{ value: 'draft', label: draft }] : []), ...versions.map((version) => ({ value: version.id, label: nameOf(version) }))]}
      value={value}
      onChange={(id) => id && onChange(id)}
      allowDeselect={false}
      disabled={disabled}
      searchable
      limit={100}
      maxDropdownHeight={320}
      nothingFoundMessage="No such version among those loaded"
      className={classes.picker}
      renderOption={({ option }) => {
        const version = byId.get(option.value);
        if (!version) return option.label;
        return (
          <span className={classes.option}>
            <strong>{version.version}</strong>
            <span className={classes.optionMessage}>{version.message}</span>
            <span className={classes.optionMarks}>{[...version.labels.map(({ name }) => name), version.branch].join(', ')}</span>
          </span>
        );
      }}
    />
  );
}

const nameOf = ({ version, message, labels, branch }: Version): string =>
  `${version} · ${message}${labels.length > 0 ? ` · ${labels.map(({ name }) => name).join(', ')}` : ''}${branch === 'main' ? '' : ` · ${branch}`}`;
