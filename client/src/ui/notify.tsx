import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { Link } from 'react-router';

/** Says what was done and, as a link, where the result is. */
export function notifyDone(message: string, link?: { label: string; to: string }): void {
  notifications.show({
    icon: <IconCheck size={16} />,
    color: 'accent',
    message: (
      <>
        {message} {link && <Anchor component={Link} to={link.to} inherit>{link.label}</Anchor>}
      </>
    ),
  });
}

/** Says what could not be done. Stays until it is closed. */
export function notifyFailure(message: string): void {
  notifications.show({ icon: <IconAlertTriangle size={16} />, color: 'red', message, autoClose: false });
}
