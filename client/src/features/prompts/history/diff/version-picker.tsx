import { Select, type ComboboxItem, type OptionsFilter } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Version } from '../versions/version.operations';
import classes from './compare.module.css';

interface VersionPickerProps {
  label: string;
  /** Those loaded. */
  versions: readonly Version[];
  /** Absent: there are no others. */
  older?: { load: () => void; loading: boolean } | undefined;
  value: string;
  onChange: (id: string) => void;
  /** Offered on top, as `draft`. */
  draft?: string | undefined;
  disabled?: boolean;
}

/** One side of a comparison: found by number, message, label or branch. */
export function VersionPicker({ label, versions, older, value, onChange, draft, disabled = false }: VersionPickerProps) {
  const [opened, setOpened] = useState(false);
  const goesOn = useRef(false);
  const byId = new Map(versions.map((version) => [version.id, version]));
  return (
    <Select
      aria-label={label}
      data={[...(draft ? [{ value: 'draft', label: draft }] : []), ...versions.map((version) => ({ value: version.id, label: nameOf(version) })), ...(older ? [{ value: olderOnes, label: older.loading ? 'Loading older versions…' : 'Load older versions…', disabled: older.loading }] : [])]}
      value={value}
      onChange={(id) => {
        if (id === olderOnes) {
          goesOn.current = true;
          older?.load();
        } else if (id) onChange(id);
      }}
      dropdownOpened={opened}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => {
        if (!goesOn.current) setOpened(false);
        goesOn.current = false;
      }}
      allowDeselect={false}
      disabled={disabled}
      searchable
      filter={thoseFound}
      maxDropdownHeight={320}
      nothingFoundMessage="No such version"
      className={classes.picker}
      renderOption={({ option }) => {
        const version = byId.get(option.value);
        if (option.value === olderOnes) return <span className={classes.option}><IconHistory size={14} aria-hidden />{option.label}</span>;
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

const olderOnes = 'older';

/** By any words of the name; the way to older ones always. */
const thoseFound: OptionsFilter = ({ options, search }) => {
  const words = search.trim().toLowerCase();
  return options.filter((option): option is ComboboxItem => 'value' in option && (option.value === olderOnes || option.label.toLowerCase().includes(words)));
};

const nameOf = ({ version, message, labels, branch }: Version): string =>
  `${version} · ${message}${labels.length > 0 ? ` · ${labels.map(({ name }) => name).join(', ')}` : ''}${branch === 'main' ? '' : ` · ${branch}`}`;
