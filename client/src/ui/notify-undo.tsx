import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Says what was taken away or moved, and offers to bring it back. */
export function notifyUndo(message: string, undo: () => void, icon: ReactNode = <IconTrash size={16} />): void {
  const id = `undo-${Math.random()}`;
  const bringBack = () => {
    notifications.hide(id);
    undo();
  };
  notifications.show({
    id,
    icon,
    color: 'gray',
    autoClose: 10_000,
    message: (
      <>
        {message} <Button variant="default" size="compact-xs" ml={8} onClick={bringBack}>Undo</Button>
      </>
    ),
  });
}
