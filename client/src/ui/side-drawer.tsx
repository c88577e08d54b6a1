import { Drawer, type DrawerProps } from '@mantine/core';

/** A drawer that stays while a dialog over it is closed: one press of Esc reaches all that are open. */
export function SideDrawer({ onClose, ...props }: DrawerProps) {
  const close = () => {
    if (document.querySelectorAll('[aria-modal="true"]').length <= 1) onClose();
  };
  return <Drawer {...props} onClose={close} />;
}
