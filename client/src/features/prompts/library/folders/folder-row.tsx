import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowRight, IconDots, IconFolderPlus, IconPencil, IconTrash } from '@tabler/icons-react';
import { formatCount } from '../../../../ui/format';
import { FolderMark } from './folder-mark';
import type { FolderItem } from './folder-tree';
import classes from './folders.module.css';

export type FolderTask = 'create' | 'edit' | 'move' | 'delete';

interface FolderRowProps {
  item: FolderItem;
  /** False: none. */
  menu: false | FolderMenuProps;
}

interface FolderMenuProps {
  opened: boolean;
  onChange: (opened: boolean) => void;
  onTask: (task: FolderTask) => void;
}

/** Of a folder in the tree: its mark, its name, how much is in it, and its menu. */
export function FolderRow({ item: { name, folder, total }, menu }: FolderRowProps) {
  return (
    <>
      <FolderMark colour={folder.colour} />
      <span className={classes.name} title={name}>{name}</span>
      <span className={classes.count} title={`${formatCount(total, 'prompt')} in it and in the folders within it`}>{total}</span>
      {menu && <FolderMenu name={name} {...menu} />}
    </>
  );
}

function FolderMenu({ name, opened, onChange, onTask }: FolderMenuProps & { name: string }) {
  return (
    // Not the key: the one that opens the menu from the row reaches the document once the menu is open.
    <Menu opened={opened} onChange={onChange} position="bottom-end" width={256} clickOutsideEvents={['mousedown', 'touchstart']}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          tabIndex={-1}
          className={classes.menuButton}
          aria-label={`Actions for the folder ${name}`}
          onClick={(event) => event.stopPropagation()}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      {/* In the tree by React’s count, so that what is clicked or pressed here would be the row’s as well. */}
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        <Menu.Item leftSection={<IconFolderPlus size={16} />} onClick={() => onTask('create')}>New folder inside</Menu.Item>
        <Menu.Item leftSection={<IconPencil size={16} />} rightSection={<kbd>F2</kbd>} onClick={() => onTask('edit')}>Rename or recolour</Menu.Item>
        <Menu.Item leftSection={<IconArrowRight size={16} />} onClick={() => onTask('move')}>Move to…</Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash size={16} />} rightSection={<kbd>Del</kbd>} c="var(--pp-danger)" onClick={() => onTask('delete')}>Delete…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
