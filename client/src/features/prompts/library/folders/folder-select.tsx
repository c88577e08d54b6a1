import { Select, type SelectProps } from '@mantine/core';
import { IconFolderOff } from '@tabler/icons-react';
import type { Folder, FolderTree } from './folder-tree';
import { FolderMark } from './folder-mark';
import classes from './folders.module.css';

const nowhere = 'nowhere';

interface FolderSelectProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  tree: FolderTree;
  /** Null: in none, or at the top. */
  value: string | null;
  onChange: (id: string | null) => void;
  /** What null is called. */
  none: string;
  /** Which folders can be chosen; all, unless told. */
  offers?: (folder: Folder) => boolean;
  /** Whether null can be chosen. */
  offersNone?: boolean;
}

/** A folder, chosen by its place in the tree or by typing part of its path. */
export function FolderSelect({ tree, value, onChange, none, offers = () => true, offersNone = true, ...props }: FolderSelectProps) {
  const items = tree.visible(() => true);
  const levels = new Map(items.map(({ id, level }) => [id, level]));
  const data = [
    ...(offersNone ? [{ value: nowhere, label: none }] : []),
    ...items.filter(({ folder }) => offers(folder)).map(({ id }) => ({ value: id, label: tree.pathOf(id) })),
  ];
  const chosen = value === null ? undefined : tree.find(value);
  return (
    <Select
      {...props}
      data={data}
      value={value ?? (offersNone ? nowhere : null)}
      onChange={(id) => onChange(id === nowhere ? null : id)}
      allowDeselect={false}
      searchable
      openOnFocus={false}
      maxDropdownHeight={280}
      nothingFoundMessage="No folder has this in its name"
      leftSection={chosen ? <FolderMark colour={chosen.colour} /> : <IconFolderOff size={16} aria-hidden />}
      renderOption={({ option }) => {
        const folder = tree.find(option.value);
        if (!folder) return <span className={classes.option}><IconFolderOff size={16} aria-hidden />{option.label}</span>;
        return (
          <span className={classes.option} style={{ paddingInlineStart: ((levels.get(folder.id) ?? 1) - 1) * 16 }} title={option.label}>
            <FolderMark colour={folder.colour} />
            <span className={classes.optionName}>{folder.name}</span>
          </span>
        );
      }}
    />
  );
}
