import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './folders.module.css';

type Key = [key: string, does: string];

const readingKeys: Key[] = [
  ['↑ ↓', 'go over the folders'],
  ['→ ←', 'open and close one'],
  ['A…Z', 'go to a name'],
  ['Enter', 'show what is in it'],
];

const writingKeys: Key[] = [
  ['F2', 'rename or recolour'],
  ['Ctrl X, Ctrl V', 'take a folder up, put it into another'],
  ['Shift F10', 'all that can be done'],
  ['Del', 'delete, after a question'],
];

/** What the keyboard does in the tree of folders; also its description for assistive technology. */
export function FolderKeys({ id, mayWrite }: { id: string; mayWrite: boolean }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <span id={id} hidden>{mayWrite ? 'Enter shows a folder, F2 renames, Control X and Control V move, Delete deletes, Shift F10 opens its menu.' : 'Enter shows a folder.'}</span>
      <Popover opened={opened} onChange={setOpened} position="bottom-start" width={296} withArrow shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <Tooltip label="Keys for folders" disabled={opened}>
            <ActionIcon variant="subtle" color="gray" aria-label="Keys for folders" onClick={() => setOpened(!opened)}>
              <IconKeyboard size={16} />
            </ActionIcon>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown aria-label="Keys for folders">
          <dl className={classes.keys}>
            {(mayWrite ? [...readingKeys, ...writingKeys] : readingKeys).map(([key, does]) => (
              <div key={key}>
                <dt><kbd>{key}</kbd></dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          {mayWrite && <p className={classes.keysNote}>Or drag: a folder onto another, prompts onto a folder. Drop a folder on “Folders” to put it at the top.</p>}
        </Popover.Dropdown>
      </Popover>
    </>
  );
}
