import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconTrash } from '@tabler/icons-react';

/** Says what was taken away, and offers to bring it back. */
export function notifyUndo(message: string, undo: () => void): void {
  const id = `undo-${Math.random()}`;
  const bringBack = () => {
    notifications.hide(id);
    undo();
  };
  notifications.show({
    id,
    icon: <IconTrash size={16} />,
    color: 'gray',
    autoClose: 10_000,
    message: (
      <>
        {message} <Button variant="default" size="compact-xs" ml={8} onClick={bringBack}>Undo</Button>
      </>
    ),
  });
}
